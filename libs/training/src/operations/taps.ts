import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { imageShape, type Variable } from '../tape/variable.ts';
import { gatherRows, withOutsideRow } from './gather-rows.ts';
import { contributingTaps, inputPixels, outputExtent, type Window } from './window.ts';

/** The pixels of an image batch `[B, H, W, C]` as a moving window sees them, one tensor per tap of the window. */
export interface Taps {
  /** `kernel²` tensors `[B, positions, C]`, taps row-major. */
  readonly pixels: readonly string[];
  /** `[B, H', W', C]`. */
  readonly outputShape: readonly [number, number, number, number];
  /** `H' · W'`. */
  readonly positions: number;
  /** Sums one gradient `[B, positions, C]` per tap into the gradient of the image, `[B, H, W, C]`. */
  scatter(gradients: readonly string[]): string;
}

/** Gathers the taps; those in the padding read `outside`. */
export function gatherTaps(tape: Tape, x: Variable, options: { window: Window; outside: number }): Taps {
  const { window, outside } = options;
  const [batch, height, width, channels] = imageShape(x);
  const input = { height, width };
  const output = outputExtent(input, window);
  const positions = output.height * output.width;
  const count = window.kernel ** 2;
  const key = `${height}x${width}k${window.kernel}s${window.stride}p${window.padding}`;
  const table = inputPixels(input, window);

  const padded = withOutsideRow(tape, { name: x.name, batch, rows: height * width, channels }, outside);
  const pixels = Array.from({ length: count }, (_, tap) => {
    const rows = Int32Array.from(
      { length: positions },
      (_unused, position) => table[position * count + tap] ?? 0,
    );
    return gatherRows(tape, padded, { key: `tap_${key}_${tap}`, rows });
  });

  const scatter = (gradients: readonly string[]): string => {
    const stacked = joinRows(tape, gradients);
    const padding = withOutsideRow(tape, { name: stacked, batch, rows: count * positions, channels });
    // A table entry counts taps within positions; the stack holds positions within taps.
    const inStack = (entry: number) =>
      entry === count * positions ? entry : (entry % count) * positions + Math.floor(entry / count);
    const contributions = contributingTaps(input, window).map((entries, index) =>
      gatherRows(tape, padding, { key: `scatter_${key}_${index}`, rows: entries.map(inStack) }),
    );
    return tape.reshape(sum(tape, contributions), x.shape);
  };
  return { pixels, outputShape: [batch, output.height, output.width, channels], positions, scatter };
}

/** Element-wise sum of equally shaped tensors. */
export function sum(tape: Tape, names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined ? only : tape.emit('Sum', names);
}

function joinRows(tape: Tape, names: readonly string[]): string {
  const [only] = names;
  return names.length === 1 && only !== undefined
    ? only
    : tape.emit('Concat', names, { axis: attribute.int(1) });
}
