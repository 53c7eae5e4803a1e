import { type Tensor } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { AssayError } from '@assay/schema';
import { biasCorrections } from '../optimisers/optimiser.ts';
import { sizeOf } from '../tape/variable.ts';
import { type BatchInputs } from './gradient-graph.ts';
import { type Batch, type StepRunnerOptions } from './step-runner.ts';
import { type StateVector } from './state-vectors.ts';
import { type TrainingState } from './training-state.ts';

type Feeds = Record<string, Tensor>;

/**
 * How much of the old average remains after a step: the decay, lower in the first steps so that the average leaves
 * the fresh weights behind: `min(decay, (1 + t) / (10 + t))`.
 */
export function averageKeep(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

/** The vectors of a state that a graph takes. @throws AssayError `training-failed` if one is missing or of another size. */
export function stateFeeds(state: TrainingState, vectors: readonly StateVector[]): Feeds {
  return Object.fromEntries(
    vectors.map(({ name, size }) => [
      name,
      { type: 'float32', shape: [size], data: vectorOf(state, name, size) },
    ]),
  );
}

/** Examples, targets and noise of one step. @param options.part Which part of the batch this is, of equal ones. */
export function batchFeeds(
  batch: Batch,
  inputs: BatchInputs,
  options: { seed: number; step: number; part?: number },
): Feeds {
  const { seed, step, part = 0 } = options;
  const feeds: Feeds = {
    examples: { type: 'float32', shape: inputs.inputShape, data: batch.examples },
    targets: { type: 'float32', shape: inputs.targetShape, data: batch.targets },
  };
  for (const { name, shape } of inputs.noise) {
    // Each part takes its share of the noise of the whole batch, which is the same however many parts there are.
    const size = sizeOf(shape);
    const data = new Float32Array(size);
    const random = seededRandom(seed, name, step);
    for (let skipped = 0; skipped < part * size; skipped++) random.uniform();
    for (let position = 0; position < size; position++) data[position] = random.uniform();
    feeds[name] = { type: 'float32', shape, data };
  }
  return feeds;
}

/** The scalars that change from step to step. */
export function scalarFeeds(
  options: Pick<StepRunnerOptions, 'optimiser' | 'average' | 'averageDecay'>,
  at: { step: number; learningRate: number },
): Feeds {
  const scalar = (value: number): Tensor => ({ type: 'float32', shape: [], data: Float32Array.of(value) });
  const [first, second] = biasCorrections(options.optimiser, at.step);
  return {
    learning_rate: scalar(at.learningRate),
    ...(options.optimiser.type !== 'sgd' && { correction_1: scalar(first), correction_2: scalar(second) }),
    ...(options.average && { average_keep: scalar(averageKeep(options.averageDecay, at.step)) }),
  };
}

/** @throws AssayError `training-failed` if the loss is no number. */
export function requireFinite(loss: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new AssayError(
    'training-failed',
    `The loss became ${loss} at step ${step}. Lower the learning rate, or set optimiser.clipNorm.`,
  );
}

function vectorOf(state: TrainingState, name: string, size: number): Float32Array<ArrayBuffer> {
  const vector = state.vectors[name];
  if (vector?.length === size) return vector;
  throw new AssayError(
    'training-failed',
    `The training state has ${vector ? `${vector.length} values` : 'nothing'} for "${name}", the network needs ${size}. ` +
      'It belongs to another network or optimiser.',
  );
}
