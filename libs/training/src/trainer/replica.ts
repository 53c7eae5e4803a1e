import { openSession } from '@assay/model-runtime';
import { tensorLayout } from '../network/tensor-layout.ts';
import { buildGradientGraph } from './gradient-graph.ts';
import { openSharedMean, type Place } from './shared-mean.ts';
import { batchFeeds, requireFinite, scalarFeeds, stateFeeds } from './step-feeds.ts';
import { type Batch, type StepRunner, type StepRunnerOptions } from './step-runner.ts';
import { type TrainingState } from './training-state.ts';
import { buildUpdateGraph } from './update-graph.ts';

/** Length of what replicas hand each other in a step: gradient, running statistics, loss. */
export function exchangedLength({ network }: Pick<StepRunnerOptions, 'network'>): number {
  const { parameterCount, statisticCount } = tensorLayout(network);
  return parameterCount + statisticCount + 1;
}

/**
 * One of several copies of a network that train together, each on its part of every batch: they average loss, gradient
 * and running statistics, and each makes the same update, so that they stay equal, bit for bit. Blocks its thread while
 * it waits for the others.
 *
 * @param options.batchSize Of the part.
 */
export async function openReplica(
  options: StepRunnerOptions,
  initial: TrainingState,
  place: Place,
): Promise<StepRunner> {
  const gradientGraph = buildGradientGraph(options);
  const updateGraph = buildUpdateGraph(options);
  const session = { threads: options.threads, memoryPattern: false };
  const gradients = await openSession(gradientGraph.model, session);
  const updates = await openSession(updateGraph.model, session);
  const exchange = openSharedMean(place, exchangedLength(options));
  const hasStatistics = tensorLayout(options.network).statisticCount > 0;
  let state = initial;

  type Values = Float32Array<ArrayBuffer>;
  const vector = (data: Values) => ({ type: 'float32', shape: [data.length], data }) as const;
  /** The others must not wait for one that fails. */
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      exchange.barrier.break();
      throw error;
    }
  };

  const averagePass = async (batch: Batch, number: number) => {
    const pass = await gradients.run({
      ...batchFeeds(batch, gradientGraph, { seed: options.seed, step: number, part: place.rank }),
      ...stateFeeds(state, gradientGraph.state),
    });
    const read = (name: string) => pass[name]?.data as Values;
    const own = [read('loss'), read('gradient'), ...(hasStatistics ? [read('next_statistics')] : [])];
    const [loss, gradient, statistics] = exchange.mean(own) as [Values, Values, Values?];
    return { loss: loss[0]!, gradient, statistics, logits: read('logits') };
  };

  const update = async (
    pass: { gradient: Values; statistics: Values | undefined },
    at: { step: number; learningRate: number },
  ) => {
    const results = await updates.run({
      gradient: vector(pass.gradient),
      ...(pass.statistics && { latest_statistics: vector(pass.statistics) }),
      ...scalarFeeds(options, at),
      ...stateFeeds(state, updateGraph.state),
    });
    const read = (name: string) => results[name]?.data as Values;
    const kept = [...updateGraph.state.map(({ name }) => name), ...(hasStatistics ? ['statistics'] : [])];
    state = {
      step: at.step,
      vectors: Object.fromEntries(kept.map((name) => [name, read(`next_${name}`)])),
    };
    return read('gradient_norm')[0] ?? Number.NaN;
  };

  return {
    get state() {
      return state;
    },
    restore(next) {
      stateFeeds(next, [...gradientGraph.state, ...updateGraph.state]);
      state = next;
    },
    async step(batch, learningRate) {
      const number = state.step + 1;
      const pass = await guard(() => averagePass(batch, number));
      requireFinite(pass.loss, number);
      const gradientNorm = await guard(() => update(pass, { step: number, learningRate }));
      return { loss: pass.loss, logits: pass.logits, gradientNorm };
    },
    async close() {
      await gradients.close();
      await updates.close();
    },
  };
}
