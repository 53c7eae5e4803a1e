import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';
import { type Variable } from '../tape/variable.ts';

/**
 * Mean cross-entropy of `logits [B, K]` against class probabilities `targets [B, K]` (rows sum to 1), a scalar:
 * `-Σ t · log softmax(z) / B`. Label smoothing ε (Szegedy et al. 2016) replaces t by `(1 - ε) t + ε / K`.
 *
 * Gradient: (softmax(z) - t) / B.
 */
export function crossEntropy(
  tape: Tape,
  logits: Variable,
  options: { targets: string; labelSmoothing?: number },
): Variable {
  const [batch = 1, classes = 1] = logits.shape;
  const smoothing = options.labelSmoothing ?? 0;
  const scalar = (value: number) => tape.graph.float(value);
  const targets =
    smoothing === 0
      ? options.targets
      : tape.emit('Add', [
          tape.emit('Mul', [options.targets, scalar(1 - smoothing)]),
          scalar(smoothing / classes),
        ]);
  const logProbabilities = tape.emit('LogSoftmax', [logits.name], { axis: attribute.int(1) });
  const total = tape.emit('ReduceSum', [tape.emit('Mul', [logProbabilities, targets])], {
    keepdims: attribute.int(0),
  });
  const name = tape.emit('Mul', [total, scalar(-1 / batch)]);
  return tape.record({ name, shape: [] }, [logits], (upstream) => {
    const difference = tape.emit('Sub', [tape.emit('Exp', [logProbabilities]), targets]);
    return [tape.emit('Mul', [difference, tape.emit('Mul', [upstream, scalar(1 / batch)])])];
  });
}
