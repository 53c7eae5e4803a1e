import { initialWeights, type NetworkWeights } from '../network/initialise.ts';
import { tensorLayout } from '../network/tensor-layout.ts';
import { type NetworkSpec } from '../network/network-spec.ts';
import { momentCount, type OptimiserSpec } from '../optimisers/optimiser.ts';
import { type TrainingState } from './training-state.ts';

/** The state before the first step: fresh weights by the seed, empty moments, the average equal to the weights. */
export function initialState(options: {
  network: NetworkSpec;
  optimiser: OptimiserSpec;
  average: boolean;
  seed: number;
}): TrainingState {
  const layout = tensorLayout(options.network);
  const { parameters, statistics } = initialWeights(layout, options.seed);
  return stateOf({ parameters, statistics }, options);
}

/** A state that starts from given weights. */
export function stateOf(
  weights: NetworkWeights,
  options: { optimiser: OptimiserSpec; average: boolean },
): TrainingState {
  const parameters = Float32Array.from(weights.parameters);
  const statistics = Float32Array.from(weights.statistics);
  const vectors: Record<string, Float32Array<ArrayBuffer>> = { parameters };
  if (statistics.length > 0) vectors.statistics = statistics;
  for (let moment = 1; moment <= momentCount(options.optimiser); moment++)
    vectors[`moment_${moment}`] = new Float32Array(parameters.length);
  if (options.average) {
    vectors.average_parameters = parameters.slice();
    if (statistics.length > 0) vectors.average_statistics = statistics.slice();
  }
  return { step: 0, vectors };
}

/** The weights to evaluate or export: the average where one is kept, else the latest. */
export function weightsOf({ vectors }: TrainingState): NetworkWeights {
  return {
    parameters: vectors.average_parameters ?? vectors.parameters ?? new Float32Array(),
    statistics: vectors.average_statistics ?? vectors.statistics ?? new Float32Array(),
  };
}

/**
 * Weights of one network where another has a tensor of the same name and shape, that network's own elsewhere; the
 * last weight and bias (the classes) are not taken. For pretraining.
 */
export function transferWeights(
  from: { network: NetworkSpec; weights: NetworkWeights },
  to: { network: NetworkSpec; weights: NetworkWeights },
): { weights: NetworkWeights; transferred: number } {
  const source = tensorLayout(from.network);
  const target = tensorLayout(to.network);
  const weights = {
    parameters: Float32Array.from(to.weights.parameters),
    statistics: Float32Array.from(to.weights.statistics),
  };
  const head = target.parameters.findLast(({ role }) => role === 'weight')?.name.replace(/\.[^.]+$/, '');
  let transferred = 0;
  for (const kind of ['parameters', 'statistics'] as const) {
    const known = new Map(source[kind].map((tensor) => [tensor.name, tensor]));
    for (const tensor of target[kind]) {
      const match = known.get(tensor.name);
      if (match?.shape.join() !== tensor.shape.join() || tensor.name.startsWith(`${head}.`)) continue;
      weights[kind].set(from.weights[kind].subarray(match.offset, match.offset + match.size), tensor.offset);
      transferred += 1;
    }
  }
  return { weights, transferred };
}
