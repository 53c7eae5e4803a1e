import { AssayError, type ImagePreprocessingSpec } from '@assay/schema';
import { imageFormats, requireFormat, type ImageFormat } from './image-format.ts';
import { estimateJpegQuality } from './jpeg-quality.ts';
import { toGrey } from './to-grey.ts';
import { sharp } from './sharp.ts';
import type { DecodedImage } from './pixels.ts';

/** What an encoded image may be at most. */
export interface ImageLimits {
  /** Width times height; default 50 megapixels (150 MB of RGB). */
  readonly maxPixels?: number;
  /** Default: all of {@link imageFormats}. */
  readonly formats?: readonly ImageFormat[];
}

/** What decoding needs of the preprocessing spec. */
export type DecodeSpec = Pick<ImagePreprocessingSpec, 'autoOrient' | 'icc' | 'background' | 'colour'>;

interface DecodeOptions {
  readonly spec: DecodeSpec;
  readonly limits?: ImageLimits;
}

export const defaultMaxPixels = 50_000_000;

/** Seconds after which libvips gives up on one image. */
const decodeTimeout = 30;

/**
 * Decodes the first frame of an image to 8-bit pixels. With `icc: false` a JPEG gives the very bytes that
 * Pillow's `Image.open(...).convert('RGB')` gives (`'L'` for `colour: 'grey'`).
 *
 * The number of pixels is read from the header, before anything is decoded.
 *
 * @throws {AssayError} `unsupported-image-format` (415), `too-many-pixels` (422), `unreadable-image` (422)
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<DecodedImage> {
  const image = await decodeRgb(bytes, options);
  return options.spec.colour === 'grey' ? { ...image, ...toGrey(image) } : image;
}

/** As {@link decodeImage}, whatever `colour` says: red, green and blue. */
export async function decodeRgb(bytes: Uint8Array, options: DecodeOptions): Promise<DecodedImage> {
  const { spec, limits = {} } = options;
  const format = requireFormat(bytes, limits.formats ?? imageFormats);
  const maxPixels = limits.maxPixels ?? defaultMaxPixels;
  let decoded;
  try {
    decoded = await readPixels(bytes, { spec, maxPixels, failOn: 'warning' });
  } catch (cause) {
    if (!isHarmless(cause)) throw await explain(cause, { bytes, format, maxPixels });
    try {
      decoded = await readPixels(bytes, { spec, maxPixels, failOn: 'error' });
    } catch (second) {
      throw await explain(second, { bytes, format, maxPixels });
    }
  }
  const { data, info } = decoded;
  const jpegQuality = format === 'jpeg' ? estimateJpegQuality(bytes) : undefined;
  return {
    width: info.width,
    height: info.height,
    channels: 3,
    data,
    format,
    bytes: bytes.length,
    ...(jpegQuality === undefined ? {} : { jpegQuality }),
  };
}

async function readPixels(
  bytes: Uint8Array,
  options: { spec: DecodeSpec; maxPixels: number; failOn: 'warning' | 'error' },
) {
  const { spec, maxPixels, failOn } = options;
  const [r, g, b] = spec.background;
  return sharp(bytes, {
    failOn,
    limitInputPixels: maxPixels,
    autoOrient: spec.autoOrient,
    ignoreIcc: !spec.icc,
  })
    .timeout({ seconds: decodeTimeout })
    .flatten({ background: { r, g, b } })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

/**
 * Stray bytes between the header segments of a JPEG cost no pixel. Before a restart or end marker
 * (0xd0 to 0xd9) they are the remains of broken pixel data.
 */
function isHarmless(error: unknown): boolean {
  const lines = messageOf(error).split('\n').filter(Boolean);
  return lines.length > 0 && lines.every((line) => /extraneous bytes before marker 0x(?!d[0-9])/.test(line));
}

async function explain(
  cause: unknown,
  image: { bytes: Uint8Array; format: ImageFormat; maxPixels: number },
): Promise<AssayError> {
  const { bytes, format, maxPixels } = image;
  const message = messageOf(cause);
  if (message.includes('exceeds pixel limit')) {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return new AssayError(
      'too-many-pixels',
      `Expected at most ${maxPixels} pixels; received ${width} × ${height} = ${width * height}. Send a smaller image.`,
      { cause, extensions: { maxPixels, width, height } },
    );
  }
  if (message.startsWith('timeout')) {
    const detail = `The image could not be decoded within ${decodeTimeout} seconds. Send a smaller or simpler one.`;
    return new AssayError('unreadable-image', detail, { cause });
  }
  const reason = message.split('\n')[0]?.trim() ?? 'unknown reason';
  return new AssayError(
    'unreadable-image',
    `Expected a whole ${format.toUpperCase()} image; the file is truncated or damaged (${reason}).`,
    { cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
