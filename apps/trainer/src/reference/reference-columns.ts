import { createProjection } from '@assay/prediction';
import type { EmbeddingProjection, PreprocessingSpec } from '@assay/schema';
import type { Embeddings } from '../calibration/scope-gate.ts';
import type { InputFacts } from '../data/measure-inputs.ts';
import { predictedClass, type Scores } from '../metrics/scores.ts';

/** The scores of more labels say little each, and would make the largest part of the file. */
const scoredLabels = 100;

/** Held-back inputs and what the model said of them, in the same order. */
export interface ProfiledInputs {
  facts: readonly InputFacts[];
  preprocessing: PreprocessingSpec;
  labels: readonly string[];
  /** Calibrated. */
  scores: Scores;
  /** Pooled features `[N, size]`, where the model gives them. */
  embeddings?: Embeddings | undefined;
  /** How they are reduced, as in the record of a prediction. */
  projection: EmbeddingProjection;
  /** Squared Mahalanobis distances, where there is a scope gate. */
  distances?: ArrayLike<number> | undefined;
}

/** Values by feature, one for each input; `undefined` where an input has none. */
export type ReferenceColumns = Readonly<Record<string, readonly (string | number | undefined)[]>>;

/** What is watched of inputs and answers, by the names that the prediction log has for it. */
export function referenceColumns(inputs: ProfiledInputs): ReferenceColumns {
  const { facts, preprocessing, labels, scores, distances } = inputs;
  const rows = facts.map((_, row) =>
    scores.probabilities.subarray(row * scores.classes, (row + 1) * scores.classes),
  );
  const prefix = preprocessing.kind === 'image' ? 'image' : 'feature';
  const names = [...new Set(facts.flatMap((one) => Object.keys(one)))];
  const ranked = rows.map((row) => row.toSorted().reverse());
  return {
    ...Object.fromEntries(names.map((name) => [`${prefix}.${name}`, facts.map((one) => one[name])])),
    prediction: rows.map((_, row) => labels[predictedClass(scores, row)]),
    confidence: ranked.map(([first]) => first),
    margin: ranked.map(([first = 0, second = 0]) => first - second),
    entropy: rows.map(bits),
    ...(labels.length > scoredLabels
      ? {}
      : Object.fromEntries(labels.map((label, at) => [`score.${label}`, rows.map((row) => row[at])]))),
    ...embeddingColumns(inputs),
    ...(distances ? { scopeDistance: Array.from(distances) } : {}),
  };
}

/** The projected embedding, four digits of each number, as in the record of a prediction. */
function embeddingColumns({ embeddings, projection }: ProfiledInputs): Record<string, number[]> {
  if (embeddings === undefined) return {};
  const { values, size } = embeddings;
  const project = createProjection(projection);
  const rows = Array.from({ length: values.length / size }, (_, row) =>
    project(values.subarray(row * size, (row + 1) * size)),
  );
  const dimensions = rows[0]?.length ?? 0;
  return Object.fromEntries(
    Array.from({ length: dimensions }, (_, at) => [
      `embedding.${at}`,
      rows.map((row) => Number(row[at]!.toPrecision(4))),
    ]),
  );
}

/** Shannon entropy, bits. */
function bits(row: Scores['probabilities']): number {
  let sum = 0;
  for (const share of row) if (share > 0) sum -= share * Math.log2(share);
  return sum;
}
