import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { channelsOf, imageShape, type Variable } from '../tape/variable.ts';
import { productWithTransposed } from './matrix.ts';
import { sum } from './taps.ts';
import { contributingTaps, inputPixels, type Window } from './window.ts';
import { winograd, type TileSide, type Winograd } from './winograd.ts';

/** Measured to be faster from here on; the three channels of an image are left to `shiftedColumns`. */
const fewestChannels = 4;

/** Larger tiles where they fit: fewer multiplications an output, 2.25 instead of 4, for costlier transforms. */
function tileSide(height: number, width: number): TileSide {
  return height % 4 === 0 && width % 4 === 0 ? 4 : 2;
}

/** Whether {@link winogradConv2d} can do a convolution, and faster. */
export function suitsWinograd([x, weight]: readonly [Variable, Variable], window: Window): boolean {
  const [, height, width, channels] = imageShape(x);
  return (
    window.kernel === 3 &&
    window.stride === 1 &&
    window.padding === 1 &&
    height % 2 === 0 &&
    width % 2 === 0 &&
    Math.min(channels, channelsOf(weight)) >= fewestChannels
  );
}

/**
 * Convolution 3×3 with stride and padding 1 of `x [B, H, W, C]`, even height and width, with `weight [9 · C, O]`, to
 * `[B, H, W, O]`, by products of transformed tiles with transformed filters. Tiles of m×m outputs, m = 4 where height and
 * width are multiples of four and 2 elsewhere, with t = m + 2, take t² products: of a product with gathered windows
 * 1/4 (4/9) of the multiplications, and of the memory that is kept for the backward pass. The transforms of m = 4 cost some
 * rounding: 1e-5 of the largest value instead of 1e-6.
 *
 * Between the transforms pixels are major and the batch is minor, so that the overlapping tiles are gathered in rows of
 * whole batches and every transform is one product with a small constant matrix.
 *
 * Backward: the same sequence transposed, with the tiles kept from the forward pass; both gradients share the transformed
 * dy.
 */
export function winogradConv2d(tape: Tape, [x, weight]: readonly [Variable, Variable]): Variable {
  const [batch, height, width, channels] = imageShape(x);
  const filters = channelsOf(weight);
  const shape = [batch, height, width, filters];
  const side = tileSide(height, width);
  const tile = side + 2;
  const products = tile ** 2;
  const tileWindow: Window = { kernel: tile, stride: side, padding: 1 };
  const matrices = winograd(side);
  const transform = (by: keyof Winograd, name: string, columns: number): string => {
    const matrix = matrices[by];
    const size = [matrix.length, matrix[0]?.length ?? 0] as const;
    const constant = tape.constant(`winograd${side}_${by}`, () => ({
      shape: size,
      data: Float32Array.from(matrix.flat()),
    }));
    return tape.emit('MatMul', [constant, tape.reshape(name, [size[1], columns])]);
  };
  const tilesPerImage = (height * width) / side ** 2;
  const rows = batch * tilesPerImage;
  const reorder = (name: string, from: readonly number[], perm: readonly number[]) =>
    tape.emit('Transpose', [tape.reshape(name, from)], { perm: attribute.ints(perm) });

  /** `[B, H, W, n]` to transformed tiles `[t², rows, n]`. */
  const tiles = (name: string, n: number): string => {
    const pixels = height * width;
    const pixelMajor = tape.reshape(reorder(name, [batch, pixels, n], [1, 0, 2]), [pixels, batch * n]);
    const padded = tape.emit('Pad', [pixelMajor, tape.graph.ints([0, 0, 1, 0])]);
    const table = tape.constant(`tiles${side}_${height}x${width}`, () => ({
      shape: [products * tilesPerImage],
      data: tapMajor(inputPixels({ height, width }, tileWindow), products),
    }));
    const gathered = tape.emit('Gather', [padded, table], { axis: attribute.int(0) });
    return tape.reshape(transform('tile', gathered, rows * n), [products, rows, n]);
  };

  /** Products of tiles `[t², rows, k]` and filters `[t², k, n]` to `[B, H, W, n]`. */
  const outputs = (inTiles: string, filter: string, n: number): string => {
    const multiplied = tape.emit('MatMul', [inTiles, filter]);
    const positions = transform('output', multiplied, rows * n);
    const split = [side, side, height / side, width / side, batch, n];
    return tape.reshape(reorder(positions, split, [4, 2, 0, 3, 1, 5]), [batch, height, width, n]);
  };

  /** Gradient of transformed tiles `[t², rows, C]` to `[B, H, W, C]`: each pixel lies in up to four tiles. */
  const sumOfTiles = (gradient: string): string => {
    const pixels = height * width;
    // The matrix has a row of zeros below, for the tiles that pixels at the border lack.
    const inTiles = transform('tileGradient', gradient, rows * channels);
    const stacked = tape.reshape(inTiles, [(products + 1) * tilesPerImage, batch * channels]);
    const contributions = contributingTaps({ height, width }, tileWindow).map((entries, index) => {
      const table = tape.constant(`in_tiles${side}_${height}x${width}_${index}`, () => ({
        shape: [pixels],
        // What is missing points one past the last entry: at the row of zeros.
        data: entries.map((entry) =>
          entry === products * tilesPerImage
            ? entry
            : (entry % products) * tilesPerImage + Math.floor(entry / products),
        ),
      }));
      return tape.emit('Gather', [stacked, table], { axis: attribute.int(0) });
    });
    const total = sum(tape, contributions);
    return tape.reshape(reorder(total, [pixels, batch, channels], [1, 0, 2]), x.shape);
  };

  const taps = channels * filters;
  const inputTiles = tiles(x.name, channels);
  const transformed = tape.reshape(transform('filter', weight.name, taps), [products, channels, filters]);
  const result = { name: outputs(inputTiles, transformed, filters), shape };

  return tape.record(result, [x, weight], (upstream) => {
    const split = [batch, height / side, side, width / side, side, filters];
    const positions = reorder(upstream, split, [2, 4, 1, 3, 0, 5]);
    const ofProducts = tape.reshape(transform('outputGradient', positions, rows * filters), [
      products,
      rows,
      filters,
    ]);
    const ofFilters = tape.emitContrib('FusedMatMul', [inputTiles, ofProducts], { transA: attribute.int(1) });
    const ofWeight = tape.reshape(transform('filterGradient', ofFilters, taps), weight.shape);
    if (!x.needsGradient) return [undefined, ofWeight];
    return [sumOfTiles(productWithTransposed(tape, ofProducts, transformed)), ofWeight];
  });
}

/** `[positions, taps]` to `[taps, positions]`, flat. */
function tapMajor(table: Int32Array, taps: number): Int32Array {
  const positions = table.length / taps;
  return table.map((_, index) => table[(index % positions) * taps + Math.floor(index / positions)] ?? 0);
}
