import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';

/** So steep that every positive float32 above 1e-38 saturates. */
const steep = 1e38;

/** 1 where `name` is positive, 0 elsewhere: `HardSigmoid` is one fast pass where comparison and cast are two slow ones. */
export function isPositive(tape: Tape, name: string): string {
  return tape.emit('HardSigmoid', [name], { alpha: attribute.float(steep), beta: attribute.float(0) });
}

/** 1 where `name` is zero or positive, 0 elsewhere. */
export function isNotNegative(tape: Tape, name: string): string {
  return tape.emit('HardSigmoid', [name], { alpha: attribute.float(steep), beta: attribute.float(1) });
}
