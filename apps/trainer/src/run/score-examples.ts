import { openSession, type Session, type TensorOf } from '@assay/model-runtime';
import { meanOverViews, poolFeatures, type Numbers } from '@assay/prediction';
import { modelFeatures, modelInput, modelLogits } from '@assay/training';
import { scopeOutput } from '../calibration/transformation-gate.ts';
import type { Examples } from '../data/examples.ts';

/** What a model said about examples: raw logits `[N, labels]` and, if asked for, more. */
export interface ScoredExamples {
  logits: Float32Array;
  /** `[N, D]`; empty where the model gives no features. */
  embeddings?: { values: Float32Array; size: number };
  /** `[N]`, of a scope gate that is in the graph. */
  distances?: Float64Array;
}

/** Input values in one batch: bounds the memory of a pass over large images. */
const valuesPerBatch = 1_500_000;
const viewsPerBatch = 128;

/** Examples waiting for the next run of the model, all of one shape. */
interface Pending {
  tail: readonly number[];
  members: { index: number; views: number; data: Float32Array }[];
  views: number;
}

/**
 * Runs an exported model over examples, averaging logits, pooled features and distances over the views of each. Blocks
 * this thread while the model runs.
 *
 * @param options.indices Which examples, in this order; all if left out.
 */
export async function scoreExamples(
  model: Uint8Array,
  examples: Examples,
  options: {
    threads: number;
    labels: number;
    indices?: readonly number[];
    embeddings?: boolean;
    distances?: boolean;
  },
): Promise<ScoredExamples> {
  const indices = options.indices ?? Array.from(examples.classes.keys());
  const session = await openSession(model, { threads: options.threads });
  try {
    const logits = new Float32Array(indices.length * options.labels);
    const embeddings: Float32Array[] = [];
    const distances = options.distances === true ? new Float64Array(indices.length) : undefined;
    const flush = async (pending: Pending) => {
      if (pending.members.length === 0) return;
      const wanted = [
        ...(options.embeddings === true && session.outputs.includes(modelFeatures) ? [modelFeatures] : []),
        ...(distances ? [scopeOutput] : []),
      ];
      const results = await runPending(session, pending, [modelLogits, ...wanted]);
      const { [modelLogits]: raw, [modelFeatures]: features, [scopeOutput]: scope } = results;
      let row = 0;
      for (const { index, views } of pending.members) {
        logits.set(meanOverViews(rowsOf(raw!, row, views)), index * options.labels);
        if (features) embeddings[index] = poolFeatures(rowsOf(features, row, views));
        if (scope && distances) distances[index] = meanOverViews(rowsOf(scope, row, views))[0]!;
        row += views;
      }
    };
    let pending: Pending = { tail: [], members: [], views: 0 };
    for (const [position, index] of indices.entries()) {
      const { shape, data } = await examples.views(index);
      const views = shape[0]!;
      const limit = Math.min(viewsPerBatch, Math.floor((valuesPerBatch * views) / data.length));
      const tail = shape.slice(1);
      if (tail.join() !== pending.tail.join() || pending.views + views > limit) {
        await flush(pending);
        pending = { tail, members: [], views: 0 };
      }
      pending.members.push({ index: position, views, data });
      pending.views += views;
    }
    await flush(pending);
    const scored = { logits, ...(distances ? { distances } : {}) };
    if (options.embeddings !== true) return scored;
    const size = embeddings[0]?.length ?? 0;
    const values = new Float32Array(indices.length * size);
    embeddings.forEach((row, index) => values.set(row, index * size));
    return { ...scored, embeddings: { values, size } };
  } finally {
    await session.close();
  }
}

async function runPending(session: Session, pending: Pending, outputs: readonly string[]) {
  const width = pending.tail.reduce((product, size) => product * size, 1);
  const data = new Float32Array(pending.views * width);
  let offset = 0;
  for (const member of pending.members) {
    data.set(member.data, offset);
    offset += member.data.length;
  }
  const results = await session.run(
    { [modelInput]: { type: 'float32', shape: [pending.views, ...pending.tail], data } },
    [...outputs],
  );
  return results as Partial<Record<string, TensorOf<'float32'>>>;
}

/** Some rows of a tensor `[N, …]`, without copying. */
function rowsOf({ shape, data }: TensorOf<'float32'>, from: number, count: number): Numbers {
  const [rows = 1, ...rest] = shape;
  const width = data.length / rows;
  return { shape: [count, ...rest], data: data.subarray(from * width, (from + count) * width) };
}
