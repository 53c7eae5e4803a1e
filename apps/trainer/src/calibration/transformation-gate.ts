import {
  GraphBuilder,
  graftModel,
  parseModel,
  removeOutput,
  removeUnused,
  serialiseModel,
} from '@assay/onnx-graph';
import { seededRandom, type Random } from '@assay/random';
import { AssayError } from '@assay/schema';
import {
  exportModel,
  initialState,
  learningRateAt,
  modelInput,
  modelFeatures,
  modelLogits,
  networkSpec,
  openTrainer,
  optimiserSpec,
  scheduleSpec,
  weightsOf,
  type NetworkSpec,
} from '@assay/training';
import type { Examples } from '../data/examples.ts';
import { rearrange, type SquarePicture } from './rearrange.ts';

/** The output that a model has with a gate beside it: `[N, 1]`, `-ln` of the probability that the input is arranged as what it learnt. */
export const scopeOutput = 'scope';

/** Pixels that the gate sees along a side, at least; it takes the mean of whole squares of the input. */
const leastSide = 16;
const defaultSteps = 1000;
const batchSize = 128;
const optimiser = optimiserSpec.parse({ type: 'adamw', weightDecay: 0.01 });
const schedule = scheduleSpec.parse({ type: 'cosine', learningRate: 0.002, warmUp: 0.05 });

/** What the gate is trained on. */
export interface GateOptions {
  seed: number;
  /** Of one operator. */
  threads: number;
  /** Which training examples are looked at. */
  indices: readonly number[];
  /** Default 1000, of 128 images each. */
  steps?: number;
}

/**
 * Trains a small network to tell training images from the same ones {@link rearrange}d. What it takes for one of the latter is unlikely to
 * be arranged as those: an image of something else, or one that was turned or cut (Golan & El-Yaniv 2018; Tack et al. 2020). It needs
 * images that have an arrangement: upright, centred, of one kind.
 *
 * @param examples square images, all of one size, at least 16 pixels
 * @returns an ONNX model from `input` `[N, C, H, W]` to {@link scopeOutput}
 * @throws AssayError `invalid-configuration` where images are not square or too small
 */
export async function trainTransformationGate(examples: Examples, options: GateOptions): Promise<Uint8Array> {
  const { seed, threads, indices, steps = defaultSteps } = options;
  const { pictures, pool } = await readPictures(examples, indices);
  const network = gateNetwork(pictures[0]!);
  const trainer = await openTrainer(
    {
      network,
      batchSize,
      loss: { type: 'cross-entropy', labelSmoothing: 0 },
      optimiser,
      seed,
      threads,
      average: false,
      averageDecay: 0,
    },
    initialState({ network, optimiser, average: false, seed }),
  );
  try {
    const random = seededRandom(seed, 'transformation-gate');
    for (let step = 0; step < steps; step++)
      await trainer.step(drawBatch(pictures, random), learningRateAt(schedule, { step, steps }));
    const weights = weightsOf(await trainer.snapshot());
    return branchOf(exportModel(behindMeans(network, pool), weights));
  } finally {
    await trainer.close();
  }
}

/** A model that gives the gate's output as well. */
export function withGate(model: Uint8Array, gate: Uint8Array): Uint8Array {
  const joined = parseModel(model);
  graftModel(joined, parseModel(gate), { input: modelInput, output: scopeOutput, prefix: 'scope/' });
  return serialiseModel(joined);
}

/** Every view of the chosen examples, averaged over squares of `pool` pixels. */
async function readPictures(
  examples: Examples,
  indices: readonly number[],
): Promise<{ pictures: SquarePicture[]; pool: number }> {
  const pictures: SquarePicture[] = [];
  let pool = 0;
  for (const index of indices) {
    const { shape, data } = await examples.views(index);
    const [views = 0, channels = 0, height = 0, width = 0] = shape;
    pool ||= Math.floor(height / leastSide);
    const side = Math.floor(height / (pool || 1));
    if (height !== width || pool === 0 || side !== (pictures[0]?.side ?? side))
      throw new AssayError(
        'invalid-configuration',
        `scopeGate: the method "transformations" needs square images of one size, from ${leastSide} pixels; received ${width} × ${height}.`,
      );
    for (let view = 0; view < views; view++) {
      const from = view * channels * height * width;
      pictures.push(
        pooled(data.subarray(from, from + channels * height * width), { channels, height, pool }),
      );
    }
  }
  return { pictures, pool };
}

/** From `[C, H, H]` to `[side, side, C]`. */
function pooled(
  data: Float32Array,
  { channels, height, pool }: { channels: number; height: number; pool: number },
): SquarePicture {
  const side = Math.floor(height / pool);
  const picture = { side, channels, data: new Float32Array(side * side * channels) };
  for (let channel = 0; channel < channels; channel++)
    for (let y = 0; y < side * pool; y++)
      for (let x = 0; x < side * pool; x++) {
        const to = (Math.floor(y / pool) * side + Math.floor(x / pool)) * channels + channel;
        picture.data[to]! += data[(channel * height + y) * height + x]! / pool ** 2;
      }
  return picture;
}

function gateNetwork({ side, channels }: SquarePicture): NetworkSpec {
  const stage = (filters: number) => [
    { type: 'conv', channels: filters },
    { type: 'batch-norm' },
    { type: 'relu' },
    { type: 'max-pool' },
  ];
  return networkSpec.parse({
    input: { kind: 'image', height: side, width: side, channels },
    layers: [
      ...stage(16),
      ...stage(32),
      { type: 'flatten' },
      { type: 'dropout', rate: 0.3 },
      { type: 'linear', units: 2 },
    ],
  });
}

/** In another light: contrast × 0.7 to 1.3, and up to 0.4 (of values with a standard deviation of about 1) brighter or darker. */
function relit(data: Float32Array, random: Random): Float32Array {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const contrast = 0.7 + 0.6 * random.uniform();
  const shift = 0.8 * random.uniform() - 0.4;
  return data.map((value) => mean + (value - mean) * contrast + shift);
}

/** Half as they are, half rearranged, all in another light; every one drawn anew. */
function drawBatch(pictures: readonly SquarePicture[], random: Random) {
  const { side, channels } = pictures[0]!;
  const size = side * side * channels;
  const examples = new Float32Array(batchSize * size);
  const targets = new Float32Array(batchSize * 2);
  for (let row = 0; row < batchSize; row++) {
    const picture = pictures[random.integer(pictures.length)]!;
    const isWhole = row % 2 === 0;
    examples.set(relit((isWhole ? picture : rearrange(picture, random)).data, random), row * size);
    targets[row * 2 + (isWhole ? 0 : 1)] = 1;
  }
  return { examples, targets };
}

/** The same weights on whole images: the mean of squares before them has none of its own. */
function behindMeans({ input, layers }: NetworkSpec, pool: number): NetworkSpec {
  if (input.kind !== 'image') throw new RangeError('The gate looks at images.');
  return networkSpec.parse({
    input: { ...input, height: input.height * pool, width: input.width * pool },
    layers: [{ type: 'average-pool', size: pool }, ...layers],
  });
}

/** `ln(1 + exp(rearranged - whole))` of the two logits in place of them. */
function branchOf(network: Uint8Array): Uint8Array {
  const distance = new GraphBuilder();
  const logits = distance.input(modelLogits, ['N', 2]);
  const weights = distance.initializer('difference', [2, 1], Float32Array.of(-1, 1));
  distance.op('Softplus', [distance.op('MatMul', [logits, weights])], {}, { output: scopeOutput });
  distance.output(scopeOutput, ['N', 1]);
  const branch = parseModel(network);
  graftModel(branch, parseModel(distance.build()), {
    input: modelLogits,
    output: scopeOutput,
    prefix: 'distance/',
  });
  for (const output of [modelLogits, modelFeatures]) removeOutput(branch.graph, output);
  removeUnused(branch.graph);
  return serialiseModel(branch);
}
