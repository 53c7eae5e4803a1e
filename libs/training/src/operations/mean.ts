import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';

/** Element-wise mean of equally shaped tensors; each receives an equal share of the gradient. */
export function mean(tape: Tape, terms: readonly Variable[]): Variable {
  const [first] = terms;
  if (first === undefined) throw new RangeError('There is nothing to take the mean of.');
  if (terms.length === 1) return first;
  const share = tape.graph.float(1 / terms.length);
  const total = tape.emit(
    'Sum',
    terms.map(({ name }) => name),
  );
  const result = { name: tape.emit('Mul', [total, share]), shape: first.shape };
  return tape.record(result, terms, (upstream) => {
    const portion = tape.emit('Mul', [upstream, share]);
    return terms.map(() => portion);
  });
}
