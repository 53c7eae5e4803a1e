import type { CropSpec } from '@assay/schema';
import type { Size } from './resize-target.ts';
import type { Window } from './resize-pillow.ts';

/**
 * The windows of an image that a spec asks for, in reading order, a centre window beside a grid last.
 * Where the image is smaller than the window, `left` or `top` is negative: the image lies centred in it.
 */
export function cropWindows(size: Size, spec: CropSpec): readonly Window[] {
  if (spec.mode === 'none') return [{ left: 0, top: 0, ...sizeOnly(size) }];
  const { width, height } = spec;
  const free = { width: size.width - width, height: size.height - height };
  const centre = { left: centred(free.width), top: centred(free.height), width, height };
  if (spec.mode === 'centre') return [centre];
  const { columns, rows } = chooseGrid(free, spec.count);
  const windows: Window[] = [];
  for (const top of spread(free.height, rows))
    for (const left of spread(free.width, columns)) windows.push({ left, top, width, height });
  const hasCentre = windows.some(({ left, top }) => left === centre.left && top === centre.top);
  return hasCentre || windows.length === spec.count ? windows : [...windows, centre];
}

/**
 * The grid of at most `count` windows that, with a window in the middle where there is room for it, uses most of
 * them; between equals, the one whose steps across and down are most alike. Five windows in a square
 * image are the four corners and the centre.
 */
function chooseGrid(free: Size, count: number): { columns: number; rows: number } {
  let best = { columns: 1, rows: 1, used: 1, imbalance: Infinity };
  for (let columns = 1; columns <= Math.min(count, places(free.width)); columns++) {
    for (let rows = 1; rows * columns <= count && rows <= places(free.height); rows++) {
      const hasCentre = columns % 2 === 1 && rows % 2 === 1;
      const used = columns * rows + (!hasCentre && columns * rows < count ? 1 : 0);
      const step = (length: number, n: number) => Math.max(1, length) / n;
      const imbalance = Math.abs(Math.log(step(free.width, columns) / step(free.height, rows)));
      if (used > best.used || (used === best.used && imbalance < best.imbalance))
        best = { columns, rows, used, imbalance };
    }
  }
  return best;
}

function places(free: number): number {
  return Math.max(0, free) + 1;
}

/** `n` offsets from 0 to `free`, both included; one alone is in the middle. */
function spread(free: number, n: number): number[] {
  if (n === 1) return [centred(free)];
  return Array.from({ length: n }, (_, i) => roundHalfEven((free * i) / (n - 1)));
}

/** torchvision's `CenterCrop` rounds halves to even, as Python does. */
function centred(free: number): number {
  return roundHalfEven(free / 2);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function sizeOnly({ width, height }: Size): Size {
  return { width, height };
}
