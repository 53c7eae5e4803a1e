import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { channelsOf, imageShape, type Variable } from '../tape/variable.ts';
import { gatherTaps, sum } from './taps.ts';
import { type Window } from './window.ts';

/**
 * Mean of each window: `[B, H, W, C]` to `[B, H', W', C]`; padding counts as zeros. Each pixel of a window receives
 * an equal share of the gradient.
 */
export function averagePool(tape: Tape, x: Variable, window: Window): Variable {
  const [, height, width] = imageShape(x);
  const { kernel, stride, padding } = window;
  const tiles = kernel === stride && padding === 0 && height % kernel === 0 && width % kernel === 0;
  return tiles ? averagePoolOfTiles(tape, x, kernel) : averagePoolByTaps(tape, x, window);
}

/** Windows that tile the image: the mean of rows, then of columns, without a gather. */
function averagePoolOfTiles(tape: Tape, x: Variable, side: number): Variable {
  const [batch, height, width, channels] = imageShape(x);
  const [rows, columns] = [height / side, width / side];
  const bands = [batch * rows, side, width * channels];
  const cells = [batch * rows * columns, side, channels];
  const meanOf = (name: string, shape: readonly number[]) =>
    tape.emit('ReduceMean', [tape.reshape(name, shape), tape.graph.ints([1])], {
      keepdims: attribute.int(0),
    });
  const shape = [batch, rows, columns, channels];
  const name = tape.reshape(meanOf(meanOf(x.name, bands), cells), shape);

  const spread = (gradient: string, to: readonly number[]) => {
    const [count = 1, , size = 1] = to;
    return tape.emit('Expand', [tape.reshape(gradient, [count, 1, size]), tape.graph.ints(to)]);
  };
  return tape.record({ name, shape }, [x], (upstream) => {
    const portion = tape.emit('Mul', [upstream, tape.graph.float(1 / side ** 2)]);
    return [tape.reshape(spread(spread(portion, cells), bands), x.shape)];
  });
}

function averagePoolByTaps(tape: Tape, x: Variable, window: Window): Variable {
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
