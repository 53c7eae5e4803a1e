import { MAX_RECORD_BYTES, type CloudEvent, type PredictionRecord } from '@assay/schema';

type PredictionMade = CloudEvent<'assay.prediction.made.v1'>;

/**
 * Makes an event fit into {@link MAX_RECORD_BYTES}, where a model has very many labels or features: leaves out the least probable labels,
 * then the last features, with how many there were; then the embedding.
 */
export function fitEvent(event: PredictionMade): PredictionMade {
  let record = event.data;
  for (const shorten of [shorterScores, shorterFeatures, withoutEmbedding]) {
    const excess = Buffer.byteLength(JSON.stringify({ ...event, data: record })) - MAX_RECORD_BYTES;
    if (excess <= 0) break;
    record = shorten(record, excess);
  }
  return record === event.data ? event : { ...event, data: record };
}

/** Room for the member that says how many were left out, bytes. */
const NOTE = 24;

function shorterScores(record: PredictionRecord, excess: number): PredictionRecord {
  const { answer } = record;
  if (answer === undefined) return record;
  // Labels that are whole numbers stand in their own order, whatever their probability.
  const ranked = Object.entries(answer.scores).sort(([, a], [, b]) => b - a);
  const { kept, leftOut } = shorten(ranked, { excess, least: 1 });
  if (leftOut === 0) return record;
  return { ...record, answer: { ...answer, scores: kept, scoresLeftOut: leftOut } };
}

function shorterFeatures(record: PredictionRecord, excess: number): PredictionRecord {
  const { input } = record;
  if (input?.kind !== 'tabular' || input.features === undefined) return record;
  const { kept, leftOut } = shorten(Object.entries(input.features), { excess, least: 0 });
  if (leftOut === 0) return record;
  return { ...record, input: { ...input, features: kept, featuresLeftOut: leftOut } };
}

function withoutEmbedding(record: PredictionRecord): PredictionRecord {
  if (record.answer === undefined) return record;
  const { embedding: _, ...answer } = record.answer;
  return { ...record, answer };
}

/** Leaves out members from the end until `excess` bytes of JSON are saved, or `least` are left. */
function shorten(
  entries: readonly [string, number][],
  { excess, least }: { excess: number; least: number },
): { kept: Record<string, number>; leftOut: number } {
  let keep = entries.length;
  for (let saved = -NOTE; saved < excess && keep > least; keep--)
    saved += Buffer.byteLength(JSON.stringify(entries[keep - 1])) - 1;
  return { kept: Object.fromEntries(entries.slice(0, keep)), leftOut: entries.length - keep };
}
