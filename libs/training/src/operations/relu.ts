import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import { isPositive } from './step-function.ts';

/** `max(x, 0)`; dx = dy where the output is positive. */
export function relu(tape: Tape, x: Variable): Variable {
  const name = tape.emit('Relu', [x.name]);
  return tape.record({ name, shape: x.shape }, [x], (upstream) => [
    tape.emit('Mul', [upstream, isPositive(tape, name)]),
  ]);
}
