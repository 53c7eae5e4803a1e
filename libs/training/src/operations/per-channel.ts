import { type Shape, channelsOf, rowsOf, type Variable } from '../tape/variable.ts';
import { type Tape } from '../tape/tape.ts';

/** Elements in a row that make broadcasting a row over a matrix run at memory speed. */
const wideRow = 2048;

/** Two views of a batch, and rows of channel values that fit the wide one. */
export interface PerChannel {
  /** `[rows / repeat, repeat · channels]`. */
  wide(name: string): string;
  /** Back to `shape`, or to `[rows, channels]`. */
  tall(name: string, shape?: Shape): string;
  /** Channel values `[channels]`, repeated to `[1, repeat · channels]`. */
  row(name: string): string;
}

/**
 * Arithmetic between a batch and one value per channel. ONNX Runtime broadcasts row by row, which is slow for short
 * rows; so the values are repeated and the batch is seen as a matrix of long rows.
 */
export function perChannel(tape: Tape, x: Variable): PerChannel {
  const channels = channelsOf(x);
  const rows = rowsOf(x);
  let repeat = 1;
  while (repeat * channels * 2 <= wideRow && rows % (repeat * 2) === 0) repeat *= 2;
  return {
    wide: (name) => tape.reshape(name, [rows / repeat, repeat * channels]),
    tall: (name, shape = [rows, channels]) => tape.reshape(name, shape),
    row: (name) => {
      const single = tape.reshape(name, [1, channels]);
      return repeat === 1 ? single : tape.emit('Tile', [single, tape.graph.ints([1, repeat])]);
    },
  };
}
