import { z } from 'zod';

const count = z.int().min(1);
const pool = { size: count.default(2), stride: count.optional(), padding: z.int().min(0).default(0) };
const convolution = {
  kernel: count.default(3),
  stride: count.default(1),
  /** Pixels on every side; `same` keeps the size at stride 1: `floor(kernel / 2)`. */
  padding: z.union([z.literal('same'), z.int().min(0)]).default('same'),
  bias: z.boolean().default(false),
};

const simpleLayer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('conv'), channels: count, ...convolution }),
  z.strictObject({ type: z.literal('depthwise-conv'), ...convolution }),
  z.strictObject({ type: z.literal('linear'), units: count, bias: z.boolean().default(true) }),
  z.strictObject({ type: z.literal('batch-norm') }),
  z.strictObject({ type: z.literal('layer-norm') }),
  z.strictObject({ type: z.literal('relu') }),
  z.strictObject({ type: z.literal('leaky-relu'), slope: z.number().min(0).max(1).default(0.01) }),
  z.strictObject({ type: z.literal('gelu') }),
  z.strictObject({ type: z.literal('silu') }),
  z.strictObject({ type: z.literal('sigmoid') }),
  z.strictObject({ type: z.literal('tanh') }),
  z.strictObject({ type: z.literal('max-pool'), ...pool }),
  z.strictObject({ type: z.literal('average-pool'), ...pool }),
  z.strictObject({ type: z.literal('global-average-pool') }),
  z.strictObject({ type: z.literal('dropout'), rate: z.number().min(0).max(0.95) }),
  z.strictObject({ type: z.literal('flatten') }),
]);

/** A layer that holds no layers of its own. */
export type SimpleLayer = z.output<typeof simpleLayer>;
type SimpleLayerInput = z.input<typeof simpleLayer>;

/** `layers(x) + shortcut(x)`; no shortcut layers mean the identity. */
export interface ResidualLayer {
  type: 'residual';
  layers: LayerSpec[];
  shortcut: LayerSpec[];
}
/** Networks side by side on the same input; the answer is the mean of theirs, in training each has a loss of its own. */
export interface EnsembleLayer {
  type: 'ensemble';
  members: LayerSpec[][];
}
export type LayerSpec = SimpleLayer | ResidualLayer | EnsembleLayer;
export type LayerSpecInput =
  | SimpleLayerInput
  | { type: 'residual'; layers: LayerSpecInput[]; shortcut?: LayerSpecInput[] | undefined }
  | { type: 'ensemble'; members: LayerSpecInput[][] };

export const layerSpec: z.ZodType<LayerSpec, LayerSpecInput> = z.lazy(() =>
  z.union([
    simpleLayer,
    z.strictObject({
      type: z.literal('residual'),
      layers: z.array(layerSpec).min(1),
      shortcut: z.array(layerSpec).default([]),
    }),
    z.strictObject({ type: z.literal('ensemble'), members: z.array(z.array(layerSpec).min(1)).min(2) }),
  ]),
);

export const networkSpec = z.strictObject({
  input: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('image'), height: count, width: count, channels: count }),
    z.strictObject({ kind: z.literal('features'), size: count }),
  ]),
  /** From the input to the logits. */
  layers: z.array(layerSpec).min(1),
});
/**
 * A network as a list of layers, the last of which gives the logits. One spec makes the training graph and the
 * graph that is served.
 */
export type NetworkSpec = z.output<typeof networkSpec>;
export type NetworkSpecInput = z.input<typeof networkSpec>;

/** Shape of one example: `[H, W, C]` or `[F]`. */
export function exampleShape(network: NetworkSpec): number[] {
  const { input } = network;
  return input.kind === 'image' ? [input.height, input.width, input.channels] : [input.size];
}

/** Padding in pixels. */
export function paddingOf(layer: { kernel: number; padding: 'same' | number }): number {
  return layer.padding === 'same' ? Math.floor(layer.kernel / 2) : layer.padding;
}

const monotone = new Set(['relu', 'leaky-relu', 'sigmoid', 'tanh']);

/**
 * The same network with each non-decreasing activation that stands right before a max pooling moved behind it: the
 * largest of the activated values is the activation of the largest, at a fraction of the elements.
 */
export function poolBeforeActivation(layers: readonly LayerSpec[]): LayerSpec[] {
  const reordered = layers.map((layer): LayerSpec => {
    switch (layer.type) {
      case 'residual':
        return {
          ...layer,
          layers: poolBeforeActivation(layer.layers),
          shortcut: poolBeforeActivation(layer.shortcut),
        };
      case 'ensemble':
        return { ...layer, members: layer.members.map(poolBeforeActivation) };
      default:
        return layer;
    }
  });
  for (let index = 1; index < reordered.length; index++) {
    const [before, layer] = [reordered[index - 1], reordered[index]];
    // Padding enters as minus infinity either way: no window consists of padding alone.
    if (before && layer?.type === 'max-pool' && monotone.has(before.type))
      reordered.splice(index - 1, 2, layer, before);
  }
  return reordered;
}
