import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';

/** `y = x · s`, s = sigmoid(x) (Elfwing et al. 2018); dx = dy · (s + y · (1 - s)). */
export function silu(tape: Tape, x: Variable): Variable {
  const gate = tape.emit('Sigmoid', [x.name]);
  const name = tape.emit('Mul', [x.name, gate]);
  return tape.record({ name, shape: x.shape }, [x], (upstream) => {
    const rest = tape.emit('Mul', [name, tape.emit('Sub', [tape.graph.float(1), gate])]);
    return [tape.emit('Mul', [upstream, tape.emit('Add', [gate, rest])])];
  });
}
