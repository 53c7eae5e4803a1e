import { type Tape } from '../tape/tape.ts';
import { type UpdateInputs } from './optimiser.ts';

/** `weightDecay · weights` where decay applies, or nothing where the rate is zero. */
export function decayTerm(tape: Tape, inputs: UpdateInputs, weightDecay: number): string | undefined {
  if (weightDecay === 0) return undefined;
  const decay = tape.emit('Mul', [inputs.weights, tape.graph.float(weightDecay)]);
  return inputs.decayMask === undefined ? decay : tape.emit('Mul', [decay, inputs.decayMask]);
}
