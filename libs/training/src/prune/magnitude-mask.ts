import { type NetworkSpec } from '../network/network-spec.ts';
import { type PlacedTensor, tensorLayout } from '../network/tensor-layout.ts';
import { type ChannelGroup, channelGroups } from './channel-groups.ts';
import { type PruneSpec } from './prune-spec.ts';

/** Things of one layer that are compared with each other. */
interface Candidates {
  /** Magnitude of each, at least 0. */
  readonly sizes: Float64Array;
  /** Sets what belongs to one of them to zero in the mask. */
  readonly clear: (index: number) => void;
  /** How many may be taken away at most, given how many are asked for. */
  readonly limit: (wanted: number) => number;
}

/**
 * Which parameters stay: 1 or 0 for each. What is small goes: of weights their magnitude (Han et al. 2015), of channels the
 * gain of their batch norm (Liu et al. 2017, "Network slimming"), or without one the sum of their filter's magnitudes
 * (Li et al. 2017). What is zero already is smallest, so what once went stays away.
 *
 * @param parameters `[parameterCount]`
 * @returns `[parameterCount]`, float32
 */
export function magnitudeMask(
  network: NetworkSpec,
  parameters: Float32Array,
  spec: Pick<PruneSpec, 'sparsity' | 'unit' | 'scope' | 'multiple'>,
): Float32Array<ArrayBuffer> {
  const layout = tensorLayout(network);
  const mask = new Float32Array(layout.parameterCount).fill(1);
  const candidates =
    spec.unit === 'weight'
      ? layout.parameters
          .filter(({ role }) => role === 'weight')
          .map((tensor) => ofWeights(tensor, parameters, mask))
      : channelGroups(network).map((group) =>
          ofChannels(group, { parameters, mask, tensors: layout.parameters, spec }),
        );
  const bounds = spec.scope === 'global' ? globalBound(candidates, spec.sparsity) : undefined;
  for (const { sizes, clear, limit } of candidates) {
    const order = Array.from(sizes.keys()).sort((a, b) => sizes[a]! - sizes[b]! || a - b);
    const mean = meanOf(sizes);
    const wanted =
      bounds === undefined
        ? Math.round(spec.sparsity * sizes.length)
        : order.filter((index) => sizes[index]! <= bounds * mean).length;
    for (const index of order.slice(0, limit(wanted))) clear(index);
  }
  return mask;
}

/** The size, in units of the mean of its layer, up to which things go when so many of all are to go. */
function globalBound(candidates: readonly Candidates[], sparsity: number): number {
  const relative = candidates.flatMap(({ sizes }) => {
    const mean = meanOf(sizes);
    return Array.from(sizes, (size) => (mean === 0 ? 0 : size / mean));
  });
  return relative.sort((a, b) => a - b)[Math.round(sparsity * relative.length) - 1] ?? -1;
}

function meanOf(sizes: Float64Array): number {
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
}

function ofWeights({ offset, size }: PlacedTensor, parameters: Float32Array, mask: Float32Array): Candidates {
  return {
    sizes: Float64Array.from(parameters.subarray(offset, offset + size), Math.abs),
    clear: (index) => (mask[offset + index] = 0),
    limit: (wanted) => Math.min(wanted, size - 1),
  };
}

function ofChannels(
  group: ChannelGroup,
  context: {
    parameters: Float32Array;
    mask: Float32Array;
    tensors: readonly PlacedTensor[];
    spec: Pick<PruneSpec, 'multiple'>;
  },
): Candidates {
  const { channels } = group;
  const { parameters, mask, tensors } = context;
  const owners = [group.producer, ...group.carriers];
  const own = tensors.filter(({ name }) => owners.some((owner) => name.startsWith(`${owner}.`)));
  const measured = own.find(({ role }) => role === 'gain') ?? own.find(({ role }) => role === 'weight');
  const sizes = new Float64Array(channels);
  // All of these end in the channels: `[taps · inputs, channels]` and `[channels]`.
  const { offset = 0, size = 0 } = measured ?? {};
  for (let at = 0; at < size; at++)
    sizes[at % channels] = sizes[at % channels]! + Math.abs(parameters[offset + at] ?? 0);
  const multiple = channels > context.spec.multiple ? context.spec.multiple : 1;
  return {
    sizes,
    clear: (channel) => {
      for (const tensor of own)
        for (let at = channel; at < tensor.size; at += channels) mask[tensor.offset + at] = 0;
    },
    limit: (wanted) =>
      channels - Math.min(channels, Math.max(1, Math.ceil((channels - wanted) / multiple)) * multiple),
  };
}
