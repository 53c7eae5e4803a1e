import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import { perChannel } from './per-channel.ts';
import { isNotNegative } from './step-function.ts';

/** 1 where an element of `name` is zero or positive, -1 elsewhere. */
export function signsOf(tape: Tape, name: string): string {
  const doubled = tape.emit('Mul', [isNotNegative(tape, name), tape.graph.float(2)]);
  return tape.emit('Sub', [doubled, tape.graph.float(1)]);
}

/** `x · signs`, one sign per channel (the last dimension); no gradient flows to the signs. */
export function flipChannels(tape: Tape, x: Variable, signs: string): Variable {
  const { wide, row, tall } = perChannel(tape, x);
  const flip = (name: string) => tall(tape.emit('Mul', [wide(name), row(signs)]), x.shape);
  return tape.record({ name: flip(x.name), shape: x.shape }, [x], (upstream) => [flip(upstream)]);
}
