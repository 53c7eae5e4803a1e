import { typicalShape } from '@assay/prediction';
import type { ModelVariant } from '@assay/schema';
import { modelInput } from '@assay/training';
import type { Embeddings } from '../calibration/scope-gate.ts';
import { evaluateScores, type Evaluation } from '../metrics/evaluate-scores.ts';
import type { Scores } from '../metrics/scores.ts';
import { measureLatency } from '../profile/measure-latency.ts';
import { scoreExamples } from '../run/score-examples.ts';
import { toScores } from '../run/validate.ts';
import { gateDistances } from './gate.ts';
import { choose, type AssessedSession, type Choices, type VariantName } from './choose.ts';

/** The models of a package and all that was found out about them. */
export interface Assessment extends Choices {
  /** Of the served variant on the test split, calibrated. */
  test: Evaluation;
  /** What {@link Assessment.test} was computed from, in the order of the test split. */
  testScores: Scores;
  /** Pooled features of the test split, where the model gives them. */
  testEmbeddings?: Embeddings;
  /** Distances of the test split as the gate measures them, where there is one. */
  testDistances?: Float64Array;
  /** What the served variant's band and gate do on the test split. */
  answers: { coverage: number; accuracy: number; insideScope: number };
  variants: Partial<Record<VariantName, Omit<ModelVariant, 'file'>>>;
}

/**
 * Quantises, calibrates and measures a trained model. Choices (which variant, temperature, band, gate) are
 * made on the training and validation splits; the test split is looked at last and decides nothing.
 */
export async function assess(session: AssessedSession, fp32: Uint8Array): Promise<Assessment> {
  return measure(session, await choose(session, fp32));
}

/** Measures each form of a model on the test split. */
export async function measure(session: AssessedSession, choices: Choices): Promise<Assessment> {
  const { config, data, threads, positive } = session;
  const { models, served, calibration, gate } = choices;
  const labels = data.labels.length;
  const { test } = data.examples;
  const variants: Assessment['variants'] = {};
  let answering: Pick<Assessment, 'test' | 'testScores' | 'testEmbeddings' | 'testDistances'> | undefined;
  for (const name of ['fp32', 'int8'] as const) {
    const bytes = models[name];
    if (bytes === undefined) continue;
    const scored = await scoreExamples(bytes, test, {
      threads,
      labels,
      embeddings: true,
      distances: gate?.method === 'transformations',
    });
    const testScores = toScores(scored.logits, test.classes, { labels, calibration });
    const facts = { positive, ordinal: config.ordinal, seed: config.seed };
    const evaluation = evaluateScores(testScores, facts);
    const latency = await measureLatency(bytes, {
      input: modelInput,
      shape: typicalShape(data.preprocessing),
    });
    variants[name] = variantFigures(evaluation, latency.median);
    if (name !== served) continue;
    const embeddings = scored.embeddings?.size ? scored.embeddings : undefined;
    const testDistances = gate && gateDistances(scored, gate);
    answering = {
      test: evaluation,
      testScores,
      ...(embeddings ? { testEmbeddings: embeddings } : {}),
      ...(testDistances ? { testDistances } : {}),
    };
  }
  const { testScores, testDistances } = answering!;
  return {
    ...choices,
    ...answering!,
    answers: describeAnswers(testScores, testDistances, choices),
    variants,
  };
}

/** What the manifest says of a variant. */
function variantFigures({ metrics, intervals }: Evaluation, latencyMs: number): Omit<ModelVariant, 'file'> {
  const figure = (name: 'accuracy' | 'auroc') => {
    const [low, high] = intervals[name] ?? [Number.NaN, Number.NaN];
    return metrics[name] === undefined
      ? {}
      : { [name]: metrics[name], ...(Number.isNaN(low) ? {} : { [`${name}Interval`]: [low, high] }) };
  };
  return { ...figure('accuracy'), ...figure('auroc'), latencyMs };
}

function describeAnswers(
  scores: Scores,
  distances: Float64Array | undefined,
  rules: Pick<Choices, 'band' | 'gate'>,
): Assessment['answers'] {
  const limit = rules.gate?.threshold ?? Infinity;
  let answered = 0;
  let right = 0;
  let inside = 0;
  for (let row = 0; row < scores.labels.length; row++) {
    if ((distances?.[row] ?? 0) > limit) continue;
    inside++;
    const line = Array.from(scores.probabilities.subarray(row * scores.classes, (row + 1) * scores.classes));
    const confidence = Math.max(...line);
    if (confidence < rules.band.band.minimumConfidence) continue;
    answered++;
    if (line.indexOf(confidence) === scores.labels[row]) right++;
  }
  const rows = scores.labels.length;
  return {
    coverage: answered / rows,
    accuracy: answered === 0 ? 0 : right / answered,
    insideScope: inside / rows,
  };
}
