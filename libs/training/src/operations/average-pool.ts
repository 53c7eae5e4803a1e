import { type Tape } from '../tape/tape.ts';
import { channelsOf, type Variable } from '../tape/variable.ts';
import { gatherTaps, sum } from './taps.ts';
import { type Window } from './window.ts';

/**
 * Mean of each window: `[B, H, W, C]` to `[B, H', W', C]`; padding counts as zeros. Each pixel of a window receives
 * an equal share of the gradient.
 */
export function averagePool(tape: Tape, x: Variable, window: Window): Variable {
  const taps = gatherTaps(tape, x, { window, outside: 0 });
  const share = tape.graph.float(1 / taps.pixels.length);
  const mean = tape.emit('Mul', [sum(tape, taps.pixels), share]);
  const result = { name: tape.reshape(mean, taps.outputShape), shape: taps.outputShape };
  return tape.record(result, [x], (upstream) => {
    const flat = tape.reshape(upstream, [taps.outputShape[0], taps.positions, channelsOf(x)]);
    const portion = tape.emit('Mul', [flat, share]);
    return [taps.scatter(taps.pixels.map(() => portion))];
  });
}
