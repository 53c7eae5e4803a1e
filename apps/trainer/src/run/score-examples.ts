import { openSession, type Session, type TensorOf } from '@assay/model-runtime';
import { meanOverViews, poolFeatures, type Numbers } from '@assay/prediction';
import { modelFeatures, modelInput, modelLogits } from '@assay/training';
import type { Examples } from '../data/examples.ts';

/** What a model said about examples: raw logits `[N, labels]` and, if asked for, embeddings `[N, D]`. */
export interface ScoredExamples {
  logits: Float32Array;
  embeddings?: { values: Float32Array; size: number };
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
 * Runs an exported model over examples, averaging logits and pooled features over the views of each. Blocks
 * this thread while the model runs.
 *
 * @param options.indices Which examples, in this order; all if left out.
 */
export async function scoreExamples(
  model: Uint8Array,
  examples: Examples,
  options: { threads: number; labels: number; indices?: readonly number[]; embeddings?: boolean },
): Promise<ScoredExamples> {
  const indices = options.indices ?? Array.from(examples.classes.keys());
  const session = await openSession(model, { threads: options.threads });
  try {
    const logits = new Float32Array(indices.length * options.labels);
    const embeddings: Float32Array[] = [];
    const flush = async (pending: Pending) => {
      if (pending.members.length === 0) return;
      const { logits: raw, features } = await runPending(session, pending, options.embeddings === true);
      let row = 0;
      for (const { index, views } of pending.members) {
        logits.set(meanOverViews(rowsOf(raw, row, views)), index * options.labels);
        if (features) embeddings[index] = poolFeatures(rowsOf(features, row, views));
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
    if (options.embeddings !== true) return { logits };
    const size = embeddings[0]?.length ?? 0;
    const values = new Float32Array(indices.length * size);
    embeddings.forEach((row, index) => values.set(row, index * size));
    return { logits, embeddings: { values, size } };
  } finally {
    await session.close();
  }
}

async function runPending(session: Session, pending: Pending, wantFeatures: boolean) {
  const width = pending.tail.reduce((product, size) => product * size, 1);
  const data = new Float32Array(pending.views * width);
  let offset = 0;
  for (const member of pending.members) {
    data.set(member.data, offset);
    offset += member.data.length;
  }
  const hasFeatures = wantFeatures && session.outputs.includes(modelFeatures);
  const outputs = await session.run(
    { [modelInput]: { type: 'float32', shape: [pending.views, ...pending.tail], data } },
    hasFeatures ? [modelLogits, modelFeatures] : [modelLogits],
  );
  const logits = outputs[modelLogits] as TensorOf<'float32'>;
  const features = outputs[modelFeatures] as TensorOf<'float32'> | undefined;
  return { logits, features };
}

/** Some rows of a tensor `[N, …]`, without copying. */
function rowsOf({ shape, data }: TensorOf<'float32'>, from: number, count: number): Numbers {
  const [rows = 1, ...rest] = shape;
  const width = data.length / rows;
  return { shape: [count, ...rest], data: data.subarray(from * width, (from + count) * width) };
}
