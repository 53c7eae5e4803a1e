import { type Tape } from '../tape/tape.ts';
import { adam } from './adam.ts';
import { type OptimiserSpec, type UpdateInputs, type UpdateOutputs } from './optimiser.ts';
import { sgd } from './sgd.ts';

/** Emits one update of all parameters by the optimiser that the spec names. */
export function emitUpdate(tape: Tape, inputs: UpdateInputs, spec: OptimiserSpec): UpdateOutputs {
  switch (spec.type) {
    case 'sgd':
      return sgd(tape, inputs, spec);
    case 'adam':
    case 'adamw':
      return adam(tape, inputs, spec);
  }
}
