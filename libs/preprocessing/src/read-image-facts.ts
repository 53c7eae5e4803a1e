import { requireFormat, type ImageFormat } from './image-format.ts';
import { estimateJpegQuality } from './jpeg-quality.ts';
import { sharp } from './sharp.ts';

/** What the header of an image file says; no pixel is decoded. */
export interface ImageFacts {
  readonly format: ImageFormat;
  /** As stored, before any turn that `orientation` asks for. */
  readonly width: number;
  readonly height: number;
  /** Size of the file. */
  readonly bytes: number;
  /** Colour space and channels as stored, such as `srgb 3`, `b-w 1` or `cmyk 4`. */
  readonly colour: string;
  /** `uchar`, `ushort`, … of one channel. */
  readonly depth: string;
  readonly hasAlpha: boolean;
  readonly isProgressive: boolean;
  /** `4:2:0` and the like, where the format has it. */
  readonly chromaSubsampling?: string;
  /** Estimated, 1 to 100; JPEG only. */
  readonly jpegQuality?: number;
  /** EXIF orientation, 1 to 8; 1 where the file says nothing. */
  readonly orientation: number;
  readonly hasExif: boolean;
  readonly hasIcc: boolean;
  readonly hasXmp: boolean;
}

/**
 * Reads the header of an encoded image.
 *
 * @throws {AssayError} `unreadable-image` or `unsupported-image-format` by the first bytes; the decoder's own error
 *   where the header is broken
 */
export async function readImageFacts(bytes: Uint8Array): Promise<ImageFacts> {
  const format = requireFormat(bytes);
  const metadata = await sharp(bytes, { failOn: 'none', limitInputPixels: false }).metadata();
  const jpegQuality = format === 'jpeg' ? estimateJpegQuality(bytes) : undefined;
  return {
    format,
    width: metadata.width,
    height: metadata.height,
    bytes: bytes.length,
    colour: `${metadata.space} ${metadata.channels}`,
    depth: metadata.depth,
    hasAlpha: metadata.hasAlpha,
    isProgressive: metadata.isProgressive,
    ...(metadata.chromaSubsampling === undefined ? {} : { chromaSubsampling: metadata.chromaSubsampling }),
    ...(jpegQuality === undefined ? {} : { jpegQuality }),
    orientation: metadata.orientation ?? 1,
    hasExif: metadata.exif !== undefined,
    hasIcc: metadata.icc !== undefined,
    hasXmp: metadata.xmp !== undefined,
  };
}
