import { describe, expect, it } from '@jest/globals';
import { readImageFacts } from './index.ts';
import { sharp } from './sharp.ts';

const raw = (channels: 1 | 3 | 4) =>
  sharp(
    Uint8Array.from({ length: 20 * 12 * channels }, (_, at) => (at * 37) % 256),
    {
      raw: { width: 20, height: 12, channels },
    },
  );

describe('the facts of an image file', () => {
  it('are read from the header of a JPEG, as it is stored', async () => {
    const bytes = await raw(3)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 75, progressive: true, chromaSubsampling: '4:2:0' })
      .toBuffer();
    expect(await readImageFacts(bytes)).toMatchObject({
      ...{ format: 'jpeg', width: 20, height: 12, bytes: bytes.length, colour: 'srgb 3', depth: 'uchar' },
      ...{ hasAlpha: false, isProgressive: true, chromaSubsampling: '4:2:0', jpegQuality: 75 },
      ...{ orientation: 6, hasExif: true, hasIcc: true, hasXmp: false },
    });
    const plain = await raw(3).jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
    expect(await readImageFacts(plain)).toMatchObject({
      ...{ isProgressive: false, chromaSubsampling: '4:4:4', jpegQuality: 90, orientation: 1 },
      ...{ hasExif: false, hasIcc: false },
    });
  });

  it('of a PNG have neither quality nor subsampling', async () => {
    const facts = await readImageFacts(await raw(4).png().toBuffer());
    expect(facts).toMatchObject({ format: 'png', colour: 'srgb 4', hasAlpha: true });
    expect(facts).not.toHaveProperty('jpegQuality');
    expect(facts).not.toHaveProperty('chromaSubsampling');
    const grey = await raw(1).toColourspace('b-w').png().toBuffer();
    expect(await readImageFacts(grey)).toMatchObject({ colour: 'b-w 1', hasAlpha: false });
  });

  it('are not read from what is no image', async () => {
    await expect(readImageFacts(Buffer.from('no image'))).rejects.toMatchObject({
      code: expect.stringMatching(/^(unreadable-image|unsupported-image-format)$/),
    });
  });
});
