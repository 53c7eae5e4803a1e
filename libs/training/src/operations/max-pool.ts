import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { channelsOf, imageShape, type Variable } from '../tape/variable.ts';
import { isNotNegative, isPositive } from './step-function.ts';
import { gatherTaps } from './taps.ts';
import { type Window } from './window.ts';

/** Below every float32 that a network produces, yet finite, so that differences stay numbers. */
const lowest = -3e38;

/** Largest value in each window: `[B, H, W, C]` to `[B, H', W', C]`. A tied maximum passes its gradient to one element. */
export function maxPool(tape: Tape, x: Variable, window: Window): Variable {
  const [, height, width] = imageShape(x);
  const halves = window.kernel === 2 && window.stride === 2 && window.padding === 0;
  return halves && height % 2 === 0 && width % 2 === 0
    ? maxPoolByHalves(tape, x)
    : maxPoolByTaps(tape, x, window);
}

/**
 * 2×2 windows as a tournament: rows against rows, then columns against columns; ten times as fast as `MaxPool` with
 * indices.
 */
function maxPoolByHalves(tape: Tape, x: Variable): Variable {
  const [batch, height, width, channels] = imageShape(x);
  const quarter = (batch * height * width) / 4;
  const halfRows = (batch * height) / 2;
  const rows = compareHalves(tape, tape.reshape(x.name, [halfRows, 2, width * channels]));
  const columns = compareHalves(tape, tape.reshape(rows.winner, [quarter, 2, channels]));
  const shape = [batch, height / 2, width / 2, channels];
  return tape.record({ name: tape.reshape(columns.winner, shape), shape }, [x], (upstream) => {
    const ofColumns = columns.share(tape.reshape(upstream, [quarter, 1, channels]));
    const ofRows = rows.share(tape.reshape(ofColumns, [halfRows, 1, width * channels]));
    return [tape.reshape(ofRows, x.shape)];
  });
}

/**
 * Compares the two slices of `[n, 2, m]`; `share` gives the gradient `[n, 1, m]` to the larger one. The backward pass looks
 * at the first slice beside the winner, so that the forward pass need not cut both out: 2 ms of 57 for three blocks.
 */
function compareHalves(tape: Tape, pairs: string): { winner: string; share: (upstream: string) => string } {
  const ints = (value: number) => tape.graph.ints([value]);
  const winner = tape.emit('ReduceMax', [pairs, ints(1)]);
  return {
    winner,
    share: (upstream) => {
      const first = tape.emit('Slice', [pairs, ints(0), ints(1), ints(1)]);
      const firstWins = isNotNegative(tape, tape.emit('Sub', [first, winner]));
      const toFirst = tape.emit('Mul', [upstream, firstWins]);
      return tape.emit('Concat', [toFirst, tape.emit('Sub', [upstream, toFirst])], {
        axis: attribute.int(1),
      });
    },
  };
}

/** Any window: the running maximum over the taps; a tap wins where it is strictly above all before it. */
function maxPoolByTaps(tape: Tape, x: Variable, window: Window): Variable {
  const taps = gatherTaps(tape, x, { window, outside: lowest });
  const [first = '', ...others] = taps.pixels;
  const best = [first];
  for (const candidate of others) best.push(tape.emit('Max', [best.at(-1) ?? first, candidate]));
  const result = { name: tape.reshape(best.at(-1) ?? first, taps.outputShape), shape: taps.outputShape };

  return tape.record(result, [x], (upstream) => {
    let remaining = tape.reshape(upstream, [taps.outputShape[0], taps.positions, channelsOf(x)]);
    const shares: string[] = [];
    for (const [index, candidate] of [...others.entries()].reverse()) {
      const wins = isPositive(tape, tape.emit('Sub', [candidate, best[index] ?? first]));
      const share = tape.emit('Mul', [remaining, wins]);
      shares.unshift(share);
      remaining = tape.emit('Sub', [remaining, share]);
    }
    return [taps.scatter([remaining, ...shares])];
  });
}
