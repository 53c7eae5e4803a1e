import { attribute, GraphBuilder } from '@assay/onnx-graph';

/** Logits of the tiny models grow by this for each unit of their input's mean. */
export const TINY_GAIN = 4;

/**
 * Tells dark from bright: with `m` the mean of the input, the logits are `[-gain m, gain m]` and the feature
 * map has the two channels `+` and `-` of the channel mean, so its average is `[m, -m]`.
 *
 * @returns ONNX with `input` float32 `[N, 3, height, width]` → `logits` `[N, 2]`, `features` `[N, 2, height, width]`
 */
export function brightnessModel(gain = TINY_GAIN): Uint8Array<ArrayBuffer> {
  const graph = new GraphBuilder({ name: 'brightness' });
  const input = graph.input('input', ['N', 3, 'height', 'width']);
  const third = 1 / 3;
  const mix = Float32Array.of(third, third, third, -third, -third, -third);
  const features = graph.op(
    'Conv',
    [input, graph.initializer('mix', [2, 3, 1, 1], mix)],
    {},
    {
      output: 'features',
    },
  );
  const pooled = graph.op('Flatten', [graph.op('GlobalAveragePool', [features])]);
  const head = graph.initializer('head', [2, 2], Float32Array.of(-gain, gain, 0, 0));
  graph.op('MatMul', [pooled, head], {}, { output: 'logits' });
  graph.output('logits', ['N', 2]);
  graph.output('features', ['N', 2, 'height', 'width']);
  return graph.build();
}

/**
 * Tells small from large: the logits are `[-gain s, gain s]` with `s` the sum of the features.
 *
 * @returns ONNX with `input` float32 `[N, features]` → `logits` `[N, 2]`
 */
export function sumModel(features: number, gain = TINY_GAIN): Uint8Array<ArrayBuffer> {
  const graph = new GraphBuilder({ name: 'sum' });
  const input = graph.input('input', ['N', features]);
  const weights = Float32Array.from({ length: features * 2 }, (_, i) => (i % 2 === 0 ? -gain : gain));
  graph.op(
    'Gemm',
    [input, graph.initializer('weights', [features, 2], weights)],
    { alpha: attribute.float(1) },
    {
      output: 'logits',
    },
  );
  graph.output('logits', ['N', 2]);
  return graph.build();
}
