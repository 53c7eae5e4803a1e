import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { channelsOf, type Variable } from '../tape/variable.ts';
import { columnSum } from './column-sum.ts';
import { gatherTaps, sum } from './taps.ts';
import { type Window } from './window.ts';

/**
 * Convolution of every channel with a filter of its own: `x [B, H, W, C]`, `weight [k·k, C]`, to `[B, H', W', C]`.
 *
 * Sums over the taps: the pixels under one tap, times that tap's row of weights.
 */
export function depthwiseConv2d(
  tape: Tape,
  [x, weight]: readonly [Variable, Variable],
  window: Window,
): Variable {
  const channels = channelsOf(x);
  const taps = gatherTaps(tape, x, { window, outside: 0 });
  const split = { axis: attribute.int(0), num_outputs: attribute.int(taps.pixels.length) };
  const weights =
    taps.pixels.length === 1
      ? [weight.name]
      : tape.graph.ops('Split', [weight.name], split, taps.pixels.length);
  const products = weights.map((row, tap) => tape.emit('Mul', [taps.pixels[tap] ?? '', row]));
  const result = { name: tape.reshape(sum(tape, products), taps.outputShape), shape: taps.outputShape };
  const [batch] = taps.outputShape;
  const rows = batch * taps.positions;

  return tape.record(result, [x, weight], (upstream) => {
    const flat = tape.reshape(upstream, [batch, taps.positions, channels]);
    const weightRows = taps.pixels.map((pixels) => {
      const product = tape.reshape(tape.emit('Mul', [pixels, flat]), [rows, channels]);
      return columnSum(tape, product, [rows, channels]);
    });
    return [
      x.needsGradient ? taps.scatter(weights.map((row) => tape.emit('Mul', [flat, row]))) : undefined,
      tape.emit('Concat', weightRows, { axis: attribute.int(0) }),
    ];
  });
}
