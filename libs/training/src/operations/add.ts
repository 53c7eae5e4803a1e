import { type Tape } from '../tape/tape.ts';
import { channelsOf, rowsOf, type Variable } from '../tape/variable.ts';
import { columnSum } from './column-sum.ts';
import { perChannel } from './per-channel.ts';

/** `a + b` for equal shapes: the joint of a residual block. The gradient passes to both unchanged. */
export function add(tape: Tape, a: Variable, b: Variable): Variable {
  if (a.shape.join() !== b.shape.join())
    throw new RangeError(`Cannot add [${a.shape.join(', ')}] and [${b.shape.join(', ')}].`);
  const name = tape.emit('Add', [a.name, b.name]);
  return tape.record({ name, shape: a.shape }, [a, b], (upstream) => [upstream, upstream]);
}

/** `x + bias`, one value per channel (the last dimension). The bias' gradient is the sum over all else. */
export function addBias(tape: Tape, x: Variable, bias: Variable): Variable {
  const channels = perChannel(tape, x);
  const name = channels.tall(tape.emit('Add', [channels.wide(x.name), channels.row(bias.name)]), x.shape);
  return tape.record({ name, shape: x.shape }, [x, bias], (upstream) => [
    upstream,
    columnSum(tape, tape.reshape(upstream, [rowsOf(x), channelsOf(x)]), [rowsOf(x), channelsOf(x)]),
  ]);
}
