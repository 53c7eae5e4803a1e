import type { ImagePreprocessingSpec } from '@assay/schema';
import { cropWindows } from './crop-windows.ts';
import { resizeTarget, type Size } from './resize-target.ts';
import type { Window } from './resize-pillow.ts';

/** Where one view lies, in pixels of the decoded image; the numbers need not be whole. */
export interface ViewFrame extends Window {
  /** The view shows its window mirrored left to right. */
  readonly mirrored: boolean;
}

/** The way from places in the views back to places in the image. */
export interface ViewGeometry {
  /** One for each view, in the order of the model's input. */
  readonly frames: readonly ViewFrame[];
  /**
   * What the windows were cut from: the image itself, or the square that it was padded to. Frames that reach over its
   * border show it reflected there.
   */
  readonly canvas: Window;
}

/**
 * Where in an image the views lie that `imageToViews` cuts from it.
 *
 * @param size of the decoded image, upright
 */
export function viewFrames(size: Size, spec: ImagePreprocessingSpec): ViewGeometry {
  const { resize, crop, mirror } = spec;
  const side = Math.max(size.width, size.height);
  const padded = resize.mode === 'pad-square';
  const canvas = {
    left: padded ? Math.ceil((size.width - side) / 2) : 0,
    top: padded ? Math.ceil((size.height - side) / 2) : 0,
    width: padded ? side : size.width,
    height: padded ? side : size.height,
  };
  const target = resizeTarget(canvas, resize);
  const across = canvas.width / target.width;
  const down = canvas.height / target.height;
  const frames = cropWindows(target, crop).flatMap((window) => {
    const frame = {
      left: canvas.left + window.left * across,
      top: canvas.top + window.top * down,
      width: window.width * across,
      height: window.height * down,
      mirrored: false,
    };
    return mirror ? [frame, { ...frame, mirrored: true }] : [frame];
  });
  return { frames, canvas };
}
