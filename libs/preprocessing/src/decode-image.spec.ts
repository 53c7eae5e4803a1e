import { beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import { decodeImage, type DecodeSpec } from './decode-image.ts';
import { encodeImage } from './encode-image.ts';
import { fromBase64, readFixture } from './spec-support/fixture.ts';
import { randomImage } from './spec-support/random-image.ts';
import { sharp } from './sharp.ts';
import { toGrey } from './to-grey.ts';

const plain: DecodeSpec = { autoOrient: false, icc: false, background: [255, 255, 255], colour: 'rgb' };

interface Fixture {
  small: { width: number; height: number; quality: number; jpeg: string; rgb: string; grey: string }[];
  corpus: Record<string, { width: number; height: number; rgb: string; grey: string }>;
}
const fixture = readFixture('decode-pillow.json') as Fixture;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The refusal that decoding ends in. */
async function refusal(bytes: Uint8Array, limits = {}): Promise<AssayError> {
  const error: unknown = await decodeImage(bytes, { spec: plain, limits }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AssayError) return error;
  throw new Error(`expected an AssayError, received ${String(error)}`);
}

describe('decodeImage', () => {
  it.each(fixture.small)('gives the bytes that Pillow gives: JPEG $width×$height', async (row) => {
    const { width, height, quality } = row;
    const bytes = fromBase64(row.jpeg);
    const rgb = await decodeImage(bytes, { spec: plain });
    expect(rgb).toMatchObject({ width, height, channels: 3, format: 'jpeg', jpegQuality: quality });
    expect(rgb.bytes).toBe(bytes.length);
    expect(Buffer.compare(rgb.data, fromBase64(row.rgb))).toBe(0);
    const grey = await decodeImage(bytes, { spec: { ...plain, colour: 'grey' } });
    expect(grey.channels).toBe(1);
    expect(Buffer.compare(grey.data, fromBase64(row.grey))).toBe(0);
  });

  it('gives back what a lossless file was made from, in every such format', async () => {
    const image = randomImage(9, 7);
    const { width, height, channels, data } = image;
    const source = sharp(data, { raw: { width, height, channels } });
    const files = {
      png: await source.clone().png().toBuffer(),
      tiff: await source.clone().tiff({ compression: 'lzw' }).toBuffer(),
      webp: await source.clone().webp({ lossless: true }).toBuffer(),
      avif: await source.clone().avif({ lossless: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    };
    for (const [format, bytes] of Object.entries(files)) {
      const decoded = await decodeImage(bytes, { spec: plain });
      expect(decoded).toMatchObject({ width, height, channels, format });
      const furthest = Math.max(...decoded.data.map((value, i) => Math.abs(value - data[i]!)));
      expect(furthest).toBeLessThanOrEqual(format === 'avif' ? 2 : 0); // AVIF is stored as YCbCr
    }
  });

  it('reads the first frame of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(4 * 4 * 3, 10), Buffer.alloc(4 * 4 * 3, 200)]);
    const raw = { width: 4, height: 8, channels: 3, pageHeight: 4 } as const;
    const bytes = await sharp(frames, { raw })
      .gif({ delay: [50, 50] })
      .toBuffer();
    const { height, data, format } = await decodeImage(bytes, { spec: plain });
    expect({ height, format, data: [...data] }).toEqual({
      height: 4,
      format: 'gif',
      data: new Array(48).fill(10),
    });
  });

  it('turns an image upright by its EXIF orientation where that is asked', async () => {
    const bytes = await sharp(Buffer.from([0, 128, 255]), { raw: { width: 3, height: 1, channels: 1 } })
      .png()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const turned = await decodeImage(bytes, { spec: { ...plain, autoOrient: true, colour: 'grey' } });
    expect({ ...turned, data: [...turned.data] }).toMatchObject({ width: 1, height: 3, data: [0, 128, 255] });
    expect(await decodeImage(bytes, { spec: plain })).toMatchObject({ width: 3, height: 1 });
  });

  it('blends transparent pixels onto the background, and brings 16 bits to 8', async () => {
    const pixels = Buffer.from([200, 100, 50, 255, 200, 100, 50, 0, 200, 100, 50, 128]);
    const raw = { width: 3, height: 1, channels: 4 } as const;
    const background: DecodeSpec['background'] = [0, 255, 0];
    for (const bitdepth of [8, 16]) {
      const image = sharp(pixels, { raw }).toColourspace(bitdepth === 16 ? 'rgb16' : 'srgb');
      const { data } = await decodeImage(await image.png().toBuffer(), { spec: { ...plain, background } });
      const expected = [200, 100, 50, 0, 255, 0, 100, 177, 25];
      expect(Math.max(...data.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThanOrEqual(1);
    }
  });

  it('converts by an embedded profile only where that is asked', async () => {
    const solid = {
      create: { width: 2, height: 2, channels: 3, background: { r: 200, g: 40, b: 40 } },
    } as const;
    const bytes = await sharp(solid).withIccProfile('p3').png().toBuffer();
    const stored = await decodeImage(bytes, { spec: plain });
    const converted = await decodeImage(bytes, { spec: { ...plain, icc: true } });
    expect(stored.data[0]).toBeLessThan(195); // as stored in the wider gamut
    expect(Math.abs(converted.data[0]! - 200)).toBeLessThanOrEqual(2);
  });

  it('refuses more pixels than allowed, by the header alone', async () => {
    const bomb = await sharp({ create: { width: 9000, height: 6000, channels: 3, background: '#000' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const error = await refusal(bomb);
    expect(error).toMatchObject({ code: 'too-many-pixels', status: 422 });
    expect(error.message).toContain('at most 50000000 pixels; received 9000 × 6000 = 54000000');
    const truncated = await refusal(bomb.subarray(0, 200), { maxPixels: 1000 });
    expect(truncated.code).toBe('too-many-pixels'); // the pixels are not even there
    const small = await encodeImage(randomImage(5, 4), 'png');
    expect((await refusal(small, { maxPixels: 19 })).code).toBe('too-many-pixels');
    expect(await decodeImage(small, { spec: plain, limits: { maxPixels: 20 } })).toMatchObject({ width: 5 });
  });

  it.each([
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
    ['SVG', Buffer.from('<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['PDF', Buffer.from('%PDF-1.7\n')],
    ['BMP', Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0', 'latin1')],
    ['JPEG XL', Buffer.from([0xff, 0x0a, 1, 2, 3])],
    ['video', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0isom', 'latin1')],
  ])('names %s as what came and says what is allowed', async (name, bytes) => {
    const error = await refusal(bytes);
    expect(error).toMatchObject({ code: 'unsupported-image-format', status: 415 });
    expect(error.message).toContain(name);
    expect(error.message).toContain('JPEG, PNG, WebP, AVIF, GIF, TIFF');
  });

  it('refuses a format that is not on the list given, whatever it could read', async () => {
    const error = await refusal(await encodeImage(randomImage(4, 4), 'webp'), { formats: ['jpeg', 'png'] });
    expect(error.code).toBe('unsupported-image-format');
    expect(error.message).toContain('Expected JPEG, PNG; received WebP');
  });

  it.each([
    ['no bytes', Buffer.alloc(0), /no bytes at all/],
    ['text', Buffer.from('hello'), /5 bytes that begin with 68 65 6c 6c 6f/],
    ['a page', Buffer.from('<!doctype html><p>an <svg> inside'), /bytes that begin with 3c 21/],
    ['a JPEG that ends at once', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /truncated or damaged/],
    ['an ISO box that is cut off', Buffer.from('\0\0\0\x18ftypavif', 'latin1'), /truncated or damaged/],
  ])('says of %s that it is not a whole image', async (_, bytes, message) => {
    const error = await refusal(bytes);
    expect(error).toMatchObject({ code: 'unreadable-image', status: 422 });
    expect(error.message).toMatch(message);
  });

  it('refuses a file cut off anywhere within its pixels, in every format', async () => {
    const { width, height, channels, data } = randomImage(64, 64);
    const source = sharp(data, { raw: { width, height, channels } });
    for (const format of ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const) {
      const bytes = await source.clone().toFormat(format).toBuffer();
      for (const share of [0.5, 0.75, 0.9]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * share));
        expect([format, share, (await refusal(cut)).code]).toEqual([format, share, 'unreadable-image']);
      }
    }
  });

  it('reads a JPEG with stray bytes between its header segments, which cost no pixel', async () => {
    const { jpeg, rgb } = fixture.small[0]!;
    const bytes = fromBase64(jpeg);
    const table = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xdb]));
    const stray = Buffer.concat([bytes.subarray(0, table), Buffer.from([1, 2, 3]), bytes.subarray(table)]);
    const { data, jpegQuality } = await decodeImage(stray, { spec: plain });
    expect(Buffer.compare(data, fromBase64(rgb))).toBe(0);
    expect(jpegQuality).toBe(75);
  });
});

const corpusFile = join(import.meta.dirname, '../../../../shared/datasets/image-corpus.tar.gz');
const describeCorpus = existsSync(corpusFile) ? describe : describe.skip;

describeCorpus('decodeImage on the image corpus (../shared/datasets/image-corpus.tar.gz)', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-corpus-'));
    execFileSync('tar', ['xzf', corpusFile, '-C', folder]);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const read = (name: string) => readFileSync(join(folder, 'image-corpus', name));

  it('gives pixels or a refusal with a 4xx status for every file', async () => {
    const names = readdirSync(join(folder, 'image-corpus'), { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => /\.\w+$/.test(name));
    expect(files.length).toBeGreaterThanOrEqual(60);
    let decoded = 0;
    for (const file of files) {
      const spec: DecodeSpec = { ...plain, autoOrient: true, icc: true };
      const image = await decodeImage(read(file), { spec }).catch((error: unknown) => error);
      if (image instanceof AssayError) expect([415, 422]).toContain(image.status);
      else {
        const { width, height, channels, data } = image as Awaited<ReturnType<typeof decodeImage>>;
        expect([file, data.length]).toEqual([file, width * height * channels]);
        decoded++;
      }
    }
    expect(decoded).toBeGreaterThanOrEqual(55);
  }, 180_000);

  it('gives the bytes that Pillow gives for every RGB and grey JPEG', async () => {
    for (const [file, expected] of Object.entries(fixture.corpus)) {
      const image = await decodeImage(read(file), { spec: plain });
      expect([file, sha256(image.data), sha256(toGrey(image).data)]).toEqual([
        file,
        expected.rgb,
        expected.grey,
      ]);
    }
  }, 180_000);
});
