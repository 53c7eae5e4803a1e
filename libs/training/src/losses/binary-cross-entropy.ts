import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { sizeOf, type Variable } from '../tape/variable.ts';

/**
 * Mean binary cross-entropy of `logits` against `targets` in [0, 1] of the same shape, each element a question of its
 * own; a scalar. Stable form: `max(z, 0) - z · t + log(1 + e^-|z|)`.
 *
 * Gradient: (sigmoid(z) - t) / elements.
 */
export function binaryCrossEntropy(tape: Tape, logits: Variable, options: { targets: string }): Variable {
  const elements = sizeOf(logits.shape);
  const { targets } = options;
  const positive = tape.emit('Relu', [logits.name]);
  const tail = tape.emit('Softplus', [tape.emit('Neg', [tape.emit('Abs', [logits.name])])]);
  const agreement = tape.emit('Mul', [logits.name, targets]);
  const terms = tape.emit('Add', [tape.emit('Sub', [positive, agreement]), tail]);
  const total = tape.emit('ReduceSum', [terms], { keepdims: attribute.int(0) });
  const name = tape.emit('Mul', [total, tape.graph.float(1 / elements)]);
  return tape.record({ name, shape: [] }, [logits], (upstream) => {
    const difference = tape.emit('Sub', [tape.emit('Sigmoid', [logits.name]), targets]);
    return [tape.emit('Mul', [difference, tape.emit('Mul', [upstream, tape.graph.float(1 / elements)])])];
  });
}
