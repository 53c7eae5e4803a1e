import { type LayerSpec, type NetworkSpec, poolBeforeActivation } from '../network/network-spec.ts';

/**
 * Channels that can be taken out of a network without a trace: what makes them, what treats each of them apart, and the
 * layer that reads them. Layers go by the name that begins those of their tensors, for example `5.main.0.conv`.
 */
export interface ChannelGroup {
  /** A convolution or linear layer. */
  readonly producer: string;
  readonly channels: number;
  /** Batch norms and depthwise convolutions between producer and consumer. */
  readonly carriers: readonly string[];
  /** A convolution or linear layer. */
  readonly consumer: string;
}

/**
 * Every group of a network. Not among them: the logits; channels that a residual sum reads, since both of its paths must
 * have them; channels before a layer norm, which mixes them, or a sigmoid, which makes something of nothing.
 */
export function channelGroups(network: NetworkSpec): ChannelGroup[] {
  return groupsIn(poolBeforeActivation(network.layers), '');
}

function groupsIn(layers: readonly LayerSpec[], prefix: string): ChannelGroup[] {
  const groups: ChannelGroup[] = [];
  let open: { producer: string; channels: number; carriers: string[] } | undefined;
  for (const [index, layer] of layers.entries()) {
    const place = `${prefix}${index}`;
    const name = `${place}.${layer.type}`;
    switch (layer.type) {
      case 'conv':
      case 'linear':
        if (open) groups.push({ ...open, consumer: name });
        open = { producer: name, channels: sizeOf(layer), carriers: [] };
        break;
      case 'batch-norm':
      case 'depthwise-conv':
        open?.carriers.push(name);
        break;
      case 'residual':
        open = undefined;
        groups.push(
          ...groupsIn(layer.layers, `${place}.main.`),
          ...groupsIn(layer.shortcut, `${place}.shortcut.`),
        );
        break;
      case 'ensemble':
        open = undefined;
        groups.push(...layer.members.flatMap((member, at) => groupsIn(member, `${place}.${at}.`)));
        break;
      case 'layer-norm':
      case 'sigmoid':
        open = undefined;
        break;
      default:
        break;
    }
  }
  return groups;
}

/** What a convolution or linear layer gives. */
function sizeOf(layer: Extract<LayerSpec, { type: 'conv' | 'linear' }>): number {
  return layer.type === 'conv' ? layer.channels : layer.units;
}
