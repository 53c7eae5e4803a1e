import { elementCount, openSession } from '@assay/model-runtime';
import { quantile } from '../metrics/bootstrap.ts';

/** Runs before the first that counts. */
const warmUps = 3;

/** Time of one run of a model. Milliseconds. */
export interface Latency {
  median: number;
  /** Nine runs of ten are not slower. */
  p90: number;
}

/**
 * Runs a model on zeros, alone, in one thread that does not spin, as a worker of the API does. Blocks this thread.
 *
 * @param model Serialised, or the path of its file.
 * @param options.shape Sizes of one input with all its views.
 * @param options.runs Default 30.
 */
export async function measureLatency(
  model: Uint8Array | string,
  options: { input: string; shape: readonly number[]; runs?: number },
): Promise<Latency> {
  const { input, shape, runs = 30 } = options;
  const session = await openSession(model, { threads: 1 });
  try {
    const feeds = {
      [input]: { type: 'float32', shape, data: new Float32Array(elementCount(shape)) },
    } as const;
    const times: number[] = [];
    for (let run = -warmUps; run < runs; run++) {
      const began = performance.now();
      await session.run(feeds);
      if (run >= 0) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    return { median: quantile(times, 0.5), p90: quantile(times, 0.9) };
  } finally {
    await session.close();
  }
}
