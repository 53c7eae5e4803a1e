import { drawLayer, resizePillow, type Layer, type Pixels, type Size } from '@assay/preprocessing';
import type { CellMap } from './cell-map.ts';
import { divergingPalette, neutralEntry, sequentialPalette } from './colour-map.ts';

export interface OverlayOptions {
  /** Evidence has two sides: blue speaks against, orange for. Else only what speaks for is shown. */
  readonly signed: boolean;
  /** Of the strongest evidence, 0 to 1. Default 0.75. */
  readonly opacity?: number;
}

/** Longer side of the layer before it is stretched over the photo: enough for smooth colours, little to compute. */
const layerSide = 384;

/**
 * A map in colours, cells blending into each other. The strongest evidence has the strongest colour: colours say where, not
 * how much.
 */
export function colourLayer(map: CellMap, { signed, opacity = 0.75 }: OverlayOptions, photo: Size): Layer {
  const strongest = map.values.reduce((most, value) => Math.max(most, signed ? Math.abs(value) : value), 0);
  const scale = strongest === 0 ? 0 : 1 / strongest;
  const entries = Uint8Array.from(map.values, (value) => {
    const share = value * scale;
    return Math.round(signed ? neutralEntry + share * (neutralEntry - 1) : 255 * Math.max(0, share));
  });
  const shrink = Math.min(1, layerSide / Math.max(photo.width, photo.height));
  const size = {
    width: Math.max(1, Math.round(photo.width * shrink)),
    height: Math.max(1, Math.round(photo.height * shrink)),
  };
  const grid: Pixels = { width: map.columns, height: map.rows, channels: 1, data: entries };
  const smooth = resizePillow(grid, { ...size, filter: 'bicubic' });
  const palette = signed ? divergingPalette(opacity) : sequentialPalette(opacity);
  const data = new Uint8Array(smooth.data.length * 4);
  smooth.data.forEach((entry, at) => data.set(palette.subarray(entry * 4, entry * 4 + 4), at * 4));
  return { ...size, data };
}

/**
 * The map as PNG of the photo's size.
 *
 * @param on the upright photo, to draw the map on it; without it the PNG is to be laid over the photo
 */
export async function overlayPng(
  map: CellMap,
  options: OverlayOptions & { readonly photo: Size; readonly on?: Pixels },
): Promise<Uint8Array> {
  const { photo, on, ...rest } = options;
  return drawLayer(colourLayer(map, rest, photo), { width: photo.width, height: photo.height }, on);
}
