import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';

/** Parts into which the long inner dimension is cut, so that every thread has a product of its own. */
const parts = 8;

/**
 * `aᵀ · b` for tall matrices `a [rows, n]`, `b [rows, m]`, to `[n, m]`: the gradient of a weight matrix.
 *
 * One product with a short result keeps one core busy; eight partial products keep all of them busy.
 */
export function transposedProduct(
  tape: Tape,
  a: { name: string; columns: number },
  b: { name: string; columns: number; rows: number },
): string {
  const { rows } = b;
  if (rows % parts !== 0 || rows < 512)
    return tape.emit('Gemm', [a.name, b.name], { transA: attribute.int(1) });
  const split = [parts, rows / parts];
  const product = tape.emitContrib(
    'FusedMatMul',
    [tape.reshape(a.name, [...split, a.columns]), tape.reshape(b.name, [...split, b.columns])],
    { transA: attribute.int(1) },
  );
  return tape.emit('ReduceSum', [product, tape.graph.ints([0])], { keepdims: attribute.int(0) });
}

/** `a · bᵀ` for `a [rows, m]`, `b [n, m]`, to `[rows, n]`. */
export function productWithTransposed(tape: Tape, a: string, b: string): string {
  return tape.emitContrib('FusedMatMul', [a, b], { transB: attribute.int(1) });
}
