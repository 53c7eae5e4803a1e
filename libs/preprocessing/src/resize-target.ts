import type { ResizeSpec } from '@assay/schema';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size that a spec gives an image of `size`; `shortest-side` is torchvision's `Resize(int)`. */
export function resizeTarget(size: Size, spec: ResizeSpec): Size {
  switch (spec.mode) {
    case 'none':
      return size;
    case 'stretch':
      return { width: spec.width, height: spec.height };
    case 'pad-square':
      return { width: spec.size, height: spec.size };
    case 'shortest-side': {
      const { width, height } = size;
      return width <= height
        ? { width: spec.size, height: Math.trunc((spec.size * height) / width) }
        : { width: Math.trunc((spec.size * width) / height), height: spec.size };
    }
  }
}
