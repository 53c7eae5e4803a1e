import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, quoted } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['  two\r\n lines\t', 'two lines'],
    ['a\u0000b\u001b[31mc', 'a b [31mc'],
    // Right-to-left override: "gpj.exe" would be read as "exe.jpg".
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['z\u200bero\ufeff', 'zero'],
    ['two \u200b words', 'two words'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['\ud800 alone', '\ufffd alone'],
    ['مرحبا', 'مرحبا'],
  ])('makes %j one visible line', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it.each([[''], [' \n '], ['\u200b'], [undefined], [7], [{ length: 3 }]])('finds no text in %j', (value) => {
    expect(cleanText(value)).toBeUndefined();
  });

  it('is never longer than asked for, well formed, and the same when cleaned again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 2, max: 60 }),
        (text, most) => {
          const clean = cleanText(text, most) ?? '';
          expect(clean.length).toBeLessThanOrEqual(most);
          expect(clean.isWellFormed()).toBe(true);
          expect(clean).not.toMatch(/[\p{Cc}\p{Cf}]/u);
          expect(cleanText(clean, most) ?? '').toBe(clean);
        },
      ),
    );
    expect(cleanText('x'.repeat(100_000), 10)).toBe('xxxxxxxxx…');
  });

  it('cannot be broken out of when quoted', () => {
    expect(quoted('“Adobe”, who is vouched for, “')).toBe('“"Adobe", who is vouched for, "”');
    expect(quoted('x'.repeat(1000)).length).toBe(82);
  });
});
