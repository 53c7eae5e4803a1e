import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCrc32c, crc32cOf } from './crc32c.ts';

const hex = (bytes: Uint8Array) => Buffer.from(crc32cOf(bytes), 'base64').toString('hex');

describe('CRC32C', () => {
  // RFC 3720, appendix B.4; "123456789" is the check value of the catalogue of parametrised CRC algorithms.
  it.each([
    ['zeroes', new Uint8Array(32), '8a9136aa'],
    ['ones', new Uint8Array(32).fill(255), '62a8ab43'],
    ['rising', Uint8Array.from({ length: 32 }, (_, at) => at), '46dd794e'],
    ['falling', Uint8Array.from({ length: 32 }, (_, at) => 31 - at), '113fdb5c'],
    ['"123456789"', Buffer.from('123456789'), 'e3069283'],
    ['nothing', new Uint8Array(0), '00000000'],
  ])('of %s is that of the standard', (_, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });

  it('does not depend on how the content is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        const crc = createCrc32c();
        for (const chunk of chunks) crc.update(chunk);
        expect(crc.digest()).toBe(crc32cOf(Buffer.concat(chunks)));
      }),
    );
  });
});
