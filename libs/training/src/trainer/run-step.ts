import { openSession } from '@assay/model-runtime';
import { batchFeeds, requireFinite, scalarFeeds, stateFeeds } from './step-feeds.ts';
import { buildStepGraph } from './step-graph.ts';
import { type StepRunner, type StepRunnerOptions } from './step-runner.ts';
import { type TrainingState } from './training-state.ts';

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
  return {
    get state() {
      return state;
    },
    restore(next) {
      stateFeeds(next, graph.state);
      state = next;
    },
    async step(batch, learningRate) {
      const step = state.step + 1;
      const results = await session.run({
        ...batchFeeds(batch, graph, { seed: options.seed, step }),
        ...scalarFeeds(options, { step, learningRate }),
        ...stateFeeds(state, graph.state),
      });
      const read = (name: string) => results[name]?.data as Float32Array<ArrayBuffer>;
      const loss = read('loss')[0] ?? Number.NaN;
      requireFinite(loss, step);
      state = {
        step,
        vectors: Object.fromEntries(graph.state.map(({ name }) => [name, read(`next_${name}`)])),
      };
      return { loss, logits: read('logits'), gradientNorm: read('gradient_norm')[0] ?? Number.NaN };
    },
    close: () => session.close(),
  };
}
