import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';

/** `y = tanh x`; dx = dy · (1 - y²). */
export function tanh(tape: Tape, x: Variable): Variable {
  const name = tape.emit('Tanh', [x.name]);
  return tape.record({ name, shape: x.shape }, [x], (upstream) => {
    const slope = tape.emit('Sub', [tape.graph.float(1), tape.emit('Mul', [name, name])]);
    return [tape.emit('Mul', [upstream, slope])];
  });
}
