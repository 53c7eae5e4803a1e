import { attribute } from '@assay/onnx-graph';
import { type Tape } from '../tape/tape.ts';

/** Euclidean norm of a vector, a scalar. */
export function gradientNorm(tape: Tape, gradient: string): string {
  return tape.emit('ReduceL2', [gradient], { keepdims: attribute.int(0) });
}

/** Shortens the gradient to `limit` where its norm is longer (Pascanu et al. 2013): `g · min(1, limit / (‖g‖ + 1e-6))`. */
export function clipNorm(tape: Tape, gradient: string, options: { norm: string; limit: number }): string {
  const length = tape.emit('Add', [options.norm, tape.graph.float(1e-6)]);
  const ratio = tape.emit('Div', [tape.graph.float(options.limit), length]);
  return tape.emit('Mul', [gradient, tape.emit('Min', [ratio, tape.graph.float(1)])]);
}
