import { seededRandom } from '@assay/random';
import { type PlacedTensor, type TensorLayout } from './tensor-layout.ts';

/** Flat state vectors of a network, laid out by its {@link TensorLayout}. */
export interface NetworkWeights {
  /** `[parameterCount]`. */
  readonly parameters: Float32Array;
  /** `[statisticCount]`. */
  readonly statistics: Float32Array;
}

/**
 * Fresh weights. Convolutions and linear layers: normal with variance `2 / fan-in` (He et al. 2015), the last layer
 * with `1 / fan-in`; gains and running variances 1; all else 0. Each tensor draws from a stream named by the seed and
 * its name, so that adding a layer does not change the others.
 */
export function initialWeights(layout: TensorLayout, seed: number): NetworkWeights {
  const parameters = new Float32Array(layout.parameterCount);
  const statistics = new Float32Array(layout.statisticCount);
  const lastWeight = layout.parameters.findLast(({ role }) => role === 'weight');
  for (const tensor of layout.parameters)
    fill(parameters, tensor, { seed, gain: tensor === lastWeight ? 1 : 2 });
  for (const tensor of layout.statistics) fill(statistics, tensor, { seed, gain: 0 });
  return { parameters, statistics };
}

function fill(target: Float32Array, tensor: PlacedTensor, options: { seed: number; gain: number }): void {
  const view = target.subarray(tensor.offset, tensor.offset + tensor.size);
  if (tensor.role === 'gain' || tensor.role === 'running-variance') view.fill(1);
  if (tensor.role !== 'weight') return;
  const random = seededRandom(options.seed, 'weights', tensor.name);
  const deviation = Math.sqrt(options.gain / tensor.fanIn);
  for (let i = 0; i < view.length; i++) view[i] = random.normal() * deviation;
}
