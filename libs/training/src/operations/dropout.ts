import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import { isNotNegative } from './step-function.ts';

/**
 * Inverted dropout (Srivastava et al. 2014): each element is zeroed with probability `rate`, the others are divided
 * by `1 - rate`. The same mask passes the gradient.
 *
 * @param uniform Input tensor in x's shape, fresh uniform numbers in [0, 1) for each step; so the caller owns the seed.
 */
export function dropout(tape: Tape, x: Variable, options: { rate: number; uniform: string }): Variable {
  const kept = isNotNegative(tape, tape.emit('Sub', [options.uniform, tape.graph.float(options.rate)]));
  const mask = tape.emit('Mul', [kept, tape.graph.float(1 / (1 - options.rate))]);
  const name = tape.emit('Mul', [x.name, mask]);
  return tape.record({ name, shape: x.shape }, [x], (upstream) => [tape.emit('Mul', [upstream, mask])]);
}
