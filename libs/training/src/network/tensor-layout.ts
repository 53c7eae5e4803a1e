import { type NetworkSpec } from './network-spec.ts';
import { networkTensors, type TensorSpec } from './walk-network.ts';

/** Where a tensor lies in one flat float32 vector. */
export interface PlacedTensor extends TensorSpec {
  readonly offset: number;
  readonly size: number;
}

/** The network's state as two flat vectors: what gradients move, and the running statistics of batch norms. */
export interface TensorLayout {
  readonly parameters: readonly PlacedTensor[];
  readonly parameterCount: number;
  readonly statistics: readonly PlacedTensor[];
  readonly statisticCount: number;
}

/** Lays the tensors of a network end to end. */
export function tensorLayout(network: NetworkSpec): TensorLayout {
  const tensors = networkTensors(network);
  const isStatistic = ({ role }: TensorSpec) => role === 'running-mean' || role === 'running-variance';
  const parameters = place(tensors.filter((tensor) => !isStatistic(tensor)));
  const statistics = place(tensors.filter(isStatistic));
  return {
    parameters: parameters.placed,
    parameterCount: parameters.total,
    statistics: statistics.placed,
    statisticCount: statistics.total,
  };
}

function place(tensors: readonly TensorSpec[]): { placed: PlacedTensor[]; total: number } {
  let total = 0;
  const placed = tensors.map((tensor) => {
    const size = tensor.shape.reduce((product, side) => product * side, 1);
    const offset = total;
    total += size;
    return { ...tensor, offset, size };
  });
  return { placed, total };
}

/** Which elements weight decay applies to: 1 for weights, 0 for biases, gains and shifts. `[parameterCount]`. */
export function decayMask(layout: TensorLayout): Float32Array {
  const mask = new Float32Array(layout.parameterCount);
  for (const { role, offset, size } of layout.parameters)
    if (role === 'weight') mask.fill(1, offset, offset + size);
  return mask;
}
