import { AssayError } from '@assay/schema';

/** The formats that {@link decodeImage} reads. */
export const imageFormats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** Every format that is told apart, with the name that people know it by. */
const formatNames = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  avif: 'AVIF',
  gif: 'GIF',
  tiff: 'TIFF',
  heic: 'HEIC (HEVC-coded HEIF)',
  jp2: 'JPEG 2000',
  jxl: 'JPEG XL',
  bmp: 'BMP',
  ico: 'ICO',
  psd: 'Photoshop',
  svg: 'SVG',
  pdf: 'PDF',
  video: 'MP4 or QuickTime video',
} as const;
export type KnownFormat = keyof typeof formatNames;

/** First bytes as Latin-1, `?` standing for any byte; the first row that fits decides. */
const signatures: readonly (readonly [KnownFormat, string])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a'],
  ['gif', 'GIF89a'],
  ['webp', 'RIFF????WEBP'],
  ['tiff', 'II*\0'],
  ['tiff', 'MM\0*'],
  ['tiff', 'II+\0'],
  ['tiff', 'MM\0+'],
  ['jp2', '\0\0\0\x0cjP  \r\n\x87\n'],
  ['jp2', '\xff\x4f\xff\x51'],
  ['jxl', '\0\0\0\x0cJXL \r\n\x87\n'],
  ['jxl', '\xff\x0a'],
  ['psd', '8BPS'],
  ['pdf', '%PDF-'],
  ['ico', '\0\0\x01\0'],
  ['bmp', 'BM????\0\0\0\0'],
];

const hevcBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);

/**
 * The format of an encoded image by its first bytes; names and media types are not asked.
 *
 * @returns undefined where the bytes are not those of any image format told apart here
 */
export function sniffFormat(bytes: Uint8Array): KnownFormat | undefined {
  const head = latin1(bytes.subarray(0, 32));
  for (const [format, signature] of signatures) if (fits(head, signature)) return format;
  if (head.slice(4, 8) === 'ftyp') return isoMediaFormat(bytes);
  return /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*?)?(?:<!--[^]*?-->\s*)*(?:<!DOCTYPE svg[^]*?)?<svg[\s>]/.test(
    latin1(bytes.subarray(0, 4096)),
  )
    ? 'svg'
    : undefined;
}

/**
 * The format of an encoded image, if it is one of those allowed.
 *
 * @throws {AssayError} `unsupported-image-format` for another known format, `unreadable-image` for no image at all
 */
export function requireFormat(
  bytes: Uint8Array,
  allowed: readonly ImageFormat[] = imageFormats,
): ImageFormat {
  const format = sniffFormat(bytes);
  const names = allowed.map((name) => formatNames[name]).join(', ');
  if (format === undefined) {
    const received =
      bytes.length === 0 ? 'no bytes at all' : `${bytes.length} bytes that begin with ${preview(bytes)}`;
    throw new AssayError('unreadable-image', `Expected an image (${names}); received ${received}.`);
  }
  const match = allowed.find((name) => name === format);
  if (match === undefined) {
    throw new AssayError(
      'unsupported-image-format',
      `Expected ${names}; received ${formatNames[format]}. Convert the image to one of these.`,
      { extensions: { received: format, allowed } },
    );
  }
  return match;
}

/** Brands of an ISO base media file (ISO/IEC 14496-12 §4.3): the major one, then the compatible ones. */
function isoMediaFormat(bytes: Uint8Array): KnownFormat {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const box = latin1(bytes.subarray(0, Math.min(view.getUint32(0), 256)));
  const brands = [box.slice(8, 12)];
  for (let at = 16; at + 4 <= box.length; at += 4) brands.push(box.slice(at, at + 4));
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  if (brands.some((brand) => hevcBrands.has(brand) || brand === 'mif1' || brand === 'msf1')) return 'heic';
  return 'video';
}

function fits(head: string, signature: string): boolean {
  if (head.length < signature.length) return false;
  for (let at = 0; at < signature.length; at++)
    if (signature[at] !== '?' && signature[at] !== head[at]) return false;
  return true;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function preview(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
