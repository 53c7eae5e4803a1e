import { decayTerm } from './decay.ts';
import { type OptimiserSpec, type Update } from './optimiser.ts';

/**
 * Stochastic gradient descent with momentum: `m ← μ m + g`, `w ← w - lr · m`; Nesterov steps along `g + μ m`.
 * Weight decay is added to the gradient, as in PyTorch's `SGD`.
 */
export const sgd: Update<Extract<OptimiserSpec, { type: 'sgd' }>> = (tape, inputs, spec) => {
  const momentum = tape.graph.float(spec.momentum);
  const decay = decayTerm(tape, inputs, spec.weightDecay);
  const gradient = decay === undefined ? inputs.gradient : tape.emit('Add', [inputs.gradient, decay]);
  const moment = tape.emit('Add', [tape.emit('Mul', [inputs.moments[0] ?? '', momentum]), gradient]);
  const direction = spec.nesterov
    ? tape.emit('Add', [gradient, tape.emit('Mul', [moment, momentum])])
    : moment;
  const weights = tape.emit('Sub', [inputs.weights, tape.emit('Mul', [direction, inputs.learningRate])]);
  return { weights, moments: [moment] };
};
