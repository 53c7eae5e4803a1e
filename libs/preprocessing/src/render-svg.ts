import { AssayError } from '@assay/schema';
import { sharp } from './sharp.ts';

/** Dots per inch at which libvips draws an SVG in its own size. */
const unitDensity = 72;

/**
 * Draws an SVG picture as PNG, in its own size times `scale`. Text takes the fonts of the machine; a machine
 * without any draws none. For pictures of our own making: an uploaded SVG is no image that Assay reads.
 *
 * @param options.scale - 0.1 to 8; default 2, sharp on dense screens
 * @throws AssayError `unreadable-image` for what is not an SVG
 */
export async function renderSvg(svg: string, options: { readonly scale?: number } = {}): Promise<Uint8Array> {
  const { scale = 2 } = options;
  if (!/^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/.test(svg))
    throw new AssayError('unreadable-image', 'Expected an SVG document, which begins with <svg.');
  if (!(scale >= 0.1 && scale <= 8))
    throw new RangeError(`Expected a scale from 0.1 to 8, received ${scale}.`);
  try {
    return await sharp(Buffer.from(svg), { density: unitDensity * scale })
      .png()
      .toBuffer();
  } catch (error) {
    throw new AssayError('unreadable-image', `The SVG cannot be drawn: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
