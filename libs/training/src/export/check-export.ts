import { openSession, type Tensor } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { AssayError } from '@assay/schema';
import { type NetworkWeights } from '../network/initialise.ts';
import { exampleShape, type NetworkSpec } from '../network/network-spec.ts';
import { sizeOf } from '../tape/variable.ts';
import { buildEvaluationGraph } from './evaluation-graph.ts';
import { modelInput, modelLogits } from './export-model.ts';

/** Examples that are compared. */
const batchSize = 4;

/**
 * Runs random examples through the training graph's forward pass and through the exported model.
 *
 * @returns Largest difference of any logit, relative to the largest logit.
 * @throws AssayError `invalid-model` when it exceeds `tolerance` (default 1e-4).
 */
export async function checkExport(
  network: NetworkSpec,
  weights: NetworkWeights,
  exported: { model: Uint8Array; tolerance?: number },
): Promise<number> {
  const { model, tolerance = 1e-4 } = exported;
  const random = seededRandom('check-export');
  const example = exampleShape(network);
  const examples = Float32Array.from({ length: batchSize * sizeOf(example) }, () => random.normal());

  const trained = await openSession(buildEvaluationGraph(network, batchSize));
  const vector = (data: Float32Array): Tensor => ({
    type: 'float32',
    shape: [data.length],
    data: Float32Array.from(data),
  });
  const feeds: Record<string, Tensor> = {
    examples: { type: 'float32', shape: [batchSize, ...example], data: examples },
    parameters: vector(weights.parameters),
  };
  if (weights.statistics.length > 0) feeds.statistics = vector(weights.statistics);
  const expected = (await trained.run(feeds)).logits?.data as Float32Array;
  await trained.close();

  const served = await openSession(model);
  const input: Tensor = {
    type: 'float32',
    shape: [batchSize, ...channelsFirstShape(example)],
    data: toChannelsFirst(examples, example),
  };
  const received = (await served.run({ [modelInput]: input }, [modelLogits]))[modelLogits]
    ?.data as Float32Array;
  await served.close();

  const scale = Math.max(1e-6, ...expected.map(Math.abs));
  const difference =
    Math.max(...expected.map((value, i) => Math.abs(value - (received[i] ?? Number.NaN)))) / scale;
  if (!(difference <= tolerance))
    throw new AssayError(
      'invalid-model',
      `The exported model's logits differ from the trained network's by ${difference} of the largest, expected at most ${tolerance}.`,
    );
  return difference;
}

function channelsFirstShape(example: readonly number[]): readonly number[] {
  const [height, width, channels] = example;
  return height && width && channels ? [channels, height, width] : example;
}

function toChannelsFirst(
  examples: Float32Array<ArrayBuffer>,
  example: readonly number[],
): Float32Array<ArrayBuffer> {
  const [height, width, channels] = example;
  if (!height || !width || !channels) return examples;
  const pixels = height * width;
  return Float32Array.from(examples, (_, index) => {
    const image = Math.floor(index / (pixels * channels));
    const inImage = index % (pixels * channels);
    const channel = Math.floor(inImage / pixels);
    return examples[(image * pixels + (inImage % pixels)) * channels + channel] ?? 0;
  });
}
