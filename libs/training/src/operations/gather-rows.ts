import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';

/** Pixels of a batch: a tensor of `batch * rows * channels` elements in NHWC order. */
export interface Pixels {
  readonly name: string;
  readonly batch: number;
  readonly rows: number;
  readonly channels: number;
}

/**
 * Adds one row behind the pixels of each image, at which index tables point for what lies outside.
 *
 * @returns Tensor `[batch, rows + 1, channels]`.
 */
export function withOutsideRow(tape: Tape, pixels: Pixels, value = 0): string {
  const { name, batch, rows, channels } = pixels;
  return tape.emit('Pad', [
    tape.reshape(name, [batch, rows, channels]),
    tape.graph.ints([0, 0, 0, 0, 1, 0]),
    tape.graph.float(value),
  ]);
}

/** Picks rows of each image by a constant table, to `[batch, table.length, channels]`. */
export function gatherRows(tape: Tape, name: string, table: { key: string; rows: Int32Array }): string {
  const indices = tape.constant(table.key, () => ({ shape: [table.rows.length], data: table.rows }));
  return tape.emit('Gather', [name, indices], { axis: attribute.int(1) });
}
