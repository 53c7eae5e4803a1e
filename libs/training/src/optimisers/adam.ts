import { decayTerm } from './decay.ts';
import { type OptimiserSpec, type Update } from './optimiser.ts';

/**
 * Adam (Kingma & Ba 2015) and AdamW (Loshchilov & Hutter 2019): `w ← w - lr · m̂ / (√v̂ + ε)`, with the corrected
 * moments m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ). Adam adds weight decay to the gradient; AdamW takes
 * `lr · decay · w` off the weights.
 */
export const adam: Update<Extract<OptimiserSpec, { type: 'adam' | 'adamw' }>> = (tape, inputs, spec) => {
  const scalar = (value: number) => tape.graph.float(value);
  const blend = (old: string, now: string, keep: number) =>
    tape.emit('Add', [tape.emit('Mul', [old, scalar(keep)]), tape.emit('Mul', [now, scalar(1 - keep)])]);

  const decay = decayTerm(tape, inputs, spec.weightDecay);
  const coupled = spec.type === 'adam' && decay !== undefined;
  const gradient = coupled ? tape.emit('Add', [inputs.gradient, decay]) : inputs.gradient;
  const [first = '', second = ''] = inputs.moments;
  const mean = blend(first, gradient, spec.beta1);
  const square = blend(second, tape.emit('Mul', [gradient, gradient]), spec.beta2);
  const [firstCorrection, secondCorrection] = inputs.corrections;
  const deviation = tape.emit('Sqrt', [tape.emit('Div', [square, secondCorrection])]);
  const direction = tape.emit('Div', [
    tape.emit('Div', [mean, firstCorrection]),
    tape.emit('Add', [deviation, scalar(spec.epsilon)]),
  ]);
  const decoupled = spec.type === 'adamw' && decay !== undefined;
  const total = decoupled ? tape.emit('Add', [direction, decay]) : direction;
  const weights = tape.emit('Sub', [inputs.weights, tape.emit('Mul', [total, inputs.learningRate])]);
  return { weights, moments: [mean, square] };
};
