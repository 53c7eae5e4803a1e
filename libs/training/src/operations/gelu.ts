import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';

/**
 * `y = x · Φ(x)`, Φ the standard normal distribution function by `erf`, no approximation (Hendrycks & Gimpel 2016);
 * dx = dy · (Φ(x) + x · φ(x)).
 */
export function gelu(tape: Tape, x: Variable): Variable {
  const scalar = (value: number) => tape.graph.float(value);
  const erf = tape.emit('Erf', [tape.emit('Mul', [x.name, scalar(Math.SQRT1_2)])]);
  const distribution = tape.emit('Mul', [tape.emit('Add', [erf, scalar(1)]), scalar(0.5)]);
  const name = tape.emit('Mul', [x.name, distribution]);
  return tape.record({ name, shape: x.shape }, [x], (upstream) => {
    const exponent = tape.emit('Mul', [tape.emit('Mul', [x.name, x.name]), scalar(-0.5)]);
    const density = tape.emit('Mul', [tape.emit('Exp', [exponent]), scalar(1 / Math.sqrt(2 * Math.PI))]);
    const slope = tape.emit('Add', [distribution, tape.emit('Mul', [x.name, density])]);
    return [tape.emit('Mul', [upstream, slope])];
  });
}
