import { openSession, type Tensor } from '@assay/model-runtime';
import { seededRandom } from '@assay/random';
import { AssayError } from '@assay/schema';
import { biasCorrections } from '../optimisers/optimiser.ts';
import { sizeOf } from '../tape/variable.ts';
import { buildStepGraph, type StepSpec } from './step-graph.ts';
import { type TrainingState } from './training-state.ts';

/** One batch; row-major, channels innermost. */
export interface Batch {
  /** `[B, H, W, C]` or `[B, F]`, normalised. */
  readonly examples: Float32Array<ArrayBuffer>;
  /** `[B, K]`, class probabilities. */
  readonly targets: Float32Array<ArrayBuffer>;
}

export interface StepResult {
  /** Mean loss over the batch, before the update. */
  readonly loss: number;
  /** `[B, K]`, before the update. */
  readonly logits: Float32Array;
  /** Euclidean norm of the gradient, before clipping. */
  readonly gradientNorm: number;
}

export interface StepRunnerOptions extends StepSpec {
  readonly seed: number;
  /** Threads inside one operator. */
  readonly threads: number;
  /** Decay of the weight average; see {@link averageKeep}. */
  readonly averageDecay: number;
  /** Notes the time of every operator under this name: `profile` of the options of `@assay/model-runtime`'s sessions. */
  readonly profile?: string;
}

/** The training step, run in this thread; it holds the state. */
export interface StepRunner {
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  readonly state: TrainingState;
  restore(state: TrainingState): void;
  close(): Promise<void>;
}

/**
 * How much of the old average remains after a step: the decay, lower in the first steps so that the average leaves
 * the fresh weights behind: `min(decay, (1 + t) / (10 + t))`.
 */
export function averageKeep(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}

/** Compiles the step graph. Blocks the thread while it runs, so call it from a worker. */
export async function openStepRunner(
  options: StepRunnerOptions,
  initial: TrainingState,
): Promise<StepRunner> {
  const graph = buildStepGraph(options);
  // The arena alone holds what a step needs; a planned block would hold it a second time.
  const session = await openSession(graph.model, {
    threads: options.threads,
    memoryPattern: false,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  });
  let state = initial;

  const feedsFor = (batch: Batch, step: number, learningRate: number): Record<string, Tensor> => {
    const scalar = (value: number): Tensor => ({ type: 'float32', shape: [], data: Float32Array.of(value) });
    const [first, second] = biasCorrections(options.optimiser, step);
    const feeds: Record<string, Tensor> = {
      examples: { type: 'float32', shape: graph.inputShape, data: batch.examples },
      targets: { type: 'float32', shape: graph.targetShape, data: batch.targets },
      learning_rate: scalar(learningRate),
    };
    if (options.optimiser.type !== 'sgd') {
      feeds.correction_1 = scalar(first);
      feeds.correction_2 = scalar(second);
    }
    if (options.average) feeds.average_keep = scalar(averageKeep(options.averageDecay, step));
    for (const { name, size } of graph.state)
      feeds[name] = { type: 'float32', shape: [size], data: vectorOf(state, name, size) };
    for (const { name, shape } of graph.noise) {
      const random = seededRandom(options.seed, name, step);
      const data = Float32Array.from({ length: sizeOf(shape) }, () => random.uniform());
      feeds[name] = { type: 'float32', shape, data };
    }
    return feeds;
  };

  return {
    get state() {
      return state;
    },
    restore(next) {
      for (const { name, size } of graph.state) vectorOf(next, name, size);
      state = next;
    },
    async step(batch, learningRate) {
      const step = state.step + 1;
      const results = await session.run(feedsFor(batch, step, learningRate));
      const read = (name: string) => results[name]?.data as Float32Array<ArrayBuffer>;
      const loss = read('loss')[0] ?? Number.NaN;
      if (!Number.isFinite(loss))
        throw new AssayError(
          'training-failed',
          `The loss became ${loss} at step ${step}. Lower the learning rate, or set optimiser.clipNorm.`,
        );
      state = {
        step,
        vectors: Object.fromEntries(graph.state.map(({ name }) => [name, read(`next_${name}`)])),
      };
      return { loss, logits: read('logits'), gradientNorm: read('gradient_norm')[0] ?? Number.NaN };
    },
    close: () => session.close(),
  };
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
