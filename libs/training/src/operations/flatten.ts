import { type Tape } from '../tape/tape.ts';
import { sizeOf, type Variable } from '../tape/variable.ts';

/** `[B, …]` to `[B, rest]`, in memory order. */
export function flatten(tape: Tape, x: Variable): Variable {
  const batch = x.shape[0] ?? 1;
  const shape = [batch, sizeOf(x.shape) / batch];
  return tape.record({ name: tape.reshape(x.name, shape), shape }, [x], (upstream) => [
    tape.reshape(upstream, x.shape),
  ]);
}
