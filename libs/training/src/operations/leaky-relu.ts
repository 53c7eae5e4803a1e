import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';
import { isPositive } from './step-function.ts';

/** `x` where positive, `slope · x` elsewhere; dx = dy times 1 or the slope. */
export function leakyRelu(tape: Tape, x: Variable, slope = 0.01): Variable {
  const name = tape.emit('LeakyRelu', [x.name], { alpha: attribute.float(slope) });
  return tape.record({ name, shape: x.shape }, [x], (upstream) => {
    const rise = tape.emit('Mul', [isPositive(tape, x.name), tape.graph.float(1 - slope)]);
    return [tape.emit('Mul', [upstream, tape.emit('Add', [rise, tape.graph.float(slope)])])];
  });
}
