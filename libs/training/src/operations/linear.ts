import { type Tape } from '../tape/tape.ts';
import { channelsOf, rowsOf, type Variable } from '../tape/variable.ts';
import { productWithTransposed, transposedProduct } from './matrix.ts';

/** `x [B, F] · weight [F, O]`, to `[B, O]`; no bias. */
export function linear(tape: Tape, [x, weight]: readonly [Variable, Variable]): Variable {
  const shape = [rowsOf(x), channelsOf(weight)];
  const name = tape.emit('MatMul', [x.name, weight.name]);
  return tape.record({ name, shape }, [x, weight], (upstream) => [
    x.needsGradient ? productWithTransposed(tape, upstream, weight.name) : undefined,
    transposedProduct(
      tape,
      { name: x.name, columns: channelsOf(x) },
      { name: upstream, columns: channelsOf(weight), rows: rowsOf(x) },
    ),
  ]);
}
