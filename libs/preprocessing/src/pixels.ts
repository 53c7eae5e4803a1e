/** 8-bit pixels: row-major, channels interleaved (`data[(y * width + x) * channels + c]`), 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1: grey. 3: red, green, blue. */
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/** Pixels with what was known of the file they came from. */
export interface DecodedImage extends Pixels {
  /** `jpeg`, `png`, `webp`, `avif`, `gif` or `tiff`. */
  readonly format: string;
  /** Size of the encoded file. */
  readonly bytes: number;
  /** Estimated quality 1 to 100; JPEG only. */
  readonly jpegQuality?: number;
}

/** Float32 views of one image, NCHW: `data[((v * C + c) * H + y) * W + x]`. */
export interface Views {
  readonly shape: readonly [views: number, channels: number, height: number, width: number];
  readonly data: Float32Array;
}
