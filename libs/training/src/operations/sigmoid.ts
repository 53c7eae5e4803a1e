import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';

/** `y = 1 / (1 + e^-x)`; dx = dy · y · (1 - y). */
export function sigmoid(tape: Tape, x: Variable): Variable {
  const name = tape.emit('Sigmoid', [x.name]);
  return tape.record({ name, shape: x.shape }, [x], (upstream) => {
    const slope = tape.emit('Mul', [name, tape.emit('Sub', [tape.graph.float(1), name])]);
    return [tape.emit('Mul', [upstream, slope])];
  });
}
