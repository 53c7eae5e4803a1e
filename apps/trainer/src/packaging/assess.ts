import { typicalShape } from '@assay/prediction';
import type { Calibration, ModelVariant, ScopeGateStatistics } from '@assay/schema';
import { seededRandom } from '@assay/random';
import { modelInput } from '@assay/training';
import { chooseDecisionBand, type ChosenBand } from '../calibration/decision-band.ts';
import { fitCalibration } from '../calibration/fit-calibration.ts';
import {
  fitScopeGate,
  scopeThreshold,
  squaredDistances,
  type Embeddings,
} from '../calibration/scope-gate.ts';
import { evaluateScores, type Evaluation } from '../metrics/evaluate-scores.ts';
import type { Scores } from '../metrics/scores.ts';
import { scoreExamples, type ScoredExamples } from '../run/score-examples.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { PreparedData } from '../data/examples.ts';
import { toScores } from '../run/validate.ts';
import { measureLatency } from '../profile/measure-latency.ts';
import { quantise } from './quantise.ts';
import { isWithinBudget } from './within-budget.ts';

/** Training inputs that the scope gate is fitted on, at most. */
const gateSamples = 4000;

export type VariantName = 'fp32' | 'int8';

/** What is assessed with: a training session, or the same of a model that was trained elsewhere. */
export interface AssessedSession {
  config: Pick<TrainingConfig, 'decision' | 'int8' | 'scopeGate' | 'seed' | 'ordinal'>;
  data: Pick<PreparedData, 'labels' | 'examples' | 'preprocessing'>;
  /** Of one operator. */
  threads: number;
  /** Position of the positive label, where there is one. */
  positive: number | undefined;
}

/** The models of a package and all that was found out about them. */
export interface Assessment {
  models: { fp32: Uint8Array; int8?: Uint8Array };
  served: VariantName;
  /** Points that INT8 was allowed to lose, 0 where there is none. */
  accuracyBudget: number;
  calibration: Calibration;
  band: ChosenBand;
  gate?: { statistics: ScopeGateStatistics; threshold: number; coverage: number };
  /** Of the served variant on the test split, calibrated. */
  test: Evaluation;
  /** What {@link Assessment.test} was computed from, in the order of the test split. */
  testScores: Scores;
  /** Pooled features of the test split, where the model gives them. */
  testEmbeddings?: Embeddings;
  /** Squared Mahalanobis distances of the test split, where there is a gate. */
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
  const { config, data, threads, positive } = session;
  const labels = data.labels.length;
  const score = (model: Uint8Array, split: 'train' | 'validation' | 'test', indices?: number[]) =>
    scoreExamples(model, data.examples[split], {
      threads,
      labels,
      embeddings: config.scopeGate !== null || split === 'test',
      ...(indices ? { indices } : {}),
    });
  const onValidation = ({ logits }: ScoredExamples) =>
    evaluateScores(toScores(logits, data.examples.validation.classes, { labels }), { positive });

  const models: Assessment['models'] = { fp32 };
  let served: VariantName = 'fp32';
  let validation = await score(fp32, 'validation');
  if (config.int8) {
    models.int8 = await quantise(fp32, data.examples.train, {
      indices: drawIndices(session, config.int8.calibrationSamples),
      input: modelInput,
      method: config.int8.method,
    });
    const quantised = await score(models.int8, 'validation');
    if (isWithinBudget(onValidation(validation), onValidation(quantised), config.int8.accuracyBudget))
      [served, validation] = ['int8', quantised];
  }

  const classes = data.examples.validation.classes;
  const calibration = fitCalibration(validation.logits, classes, labels);
  const band = chooseDecisionBand(
    toScores(validation.logits, classes, { labels, calibration }),
    config.decision,
  );
  const model = models[served] ?? fp32;
  const gate = await fitGate(session, validation, () =>
    score(model, 'train', drawIndices(session, gateSamples)),
  );

  const variants: Assessment['variants'] = {};
  const evaluations: Partial<Record<VariantName, { test: Evaluation; testScores: Scores }>> = {};
  let answers: Assessment['answers'] = { coverage: 0, accuracy: 0, insideScope: 1 };
  let embeddings: Embeddings | undefined;
  let distances: Float64Array | undefined;
  for (const name of ['fp32', 'int8'] as const) {
    const bytes = models[name];
    if (bytes === undefined) continue;
    const scored = await score(bytes, 'test');
    const scores = toScores(scored.logits, data.examples.test.classes, { labels, calibration });
    const facts = { positive, ordinal: config.ordinal };
    const evaluation = evaluateScores(scores, { ...facts, seed: config.seed });
    evaluations[name] = { test: evaluation, testScores: scores };
    const latency = await measureLatency(bytes, {
      input: modelInput,
      shape: typicalShape(data.preprocessing),
    });
    variants[name] = variantFigures(evaluation, latency.median);
    if (name !== served) continue;
    if (scored.embeddings?.size) ({ embeddings } = scored);
    distances = gate && embeddings && squaredDistances(embeddings, gate.statistics);
    answers = describeAnswers(scores, distances, { band, gate });
  }
  return {
    models,
    served,
    accuracyBudget: config.int8?.accuracyBudget ?? 0,
    calibration,
    band,
    ...(gate ? { gate } : {}),
    ...evaluations[served]!,
    ...(embeddings ? { testEmbeddings: embeddings } : {}),
    ...(distances ? { testDistances: distances } : {}),
    answers,
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

/** Some training examples, drawn by the seed. */
function drawIndices({ data, config }: AssessedSession, count: number): number[] {
  const indices = Array.from(data.examples.train.classes.keys());
  return seededRandom(config.seed, 'draw', count).shuffle(indices).slice(0, count);
}

async function fitGate(
  { config }: AssessedSession,
  validation: ScoredExamples,
  scoreTraining: () => Promise<ScoredExamples>,
): Promise<Assessment['gate']> {
  if (config.scopeGate === null || !validation.embeddings || validation.embeddings.size === 0)
    return undefined;
  const { embeddings } = await scoreTraining();
  if (!embeddings) return undefined;
  const { coverage } = config.scopeGate;
  const statistics = fitScopeGate(embeddings);
  return {
    statistics,
    threshold: scopeThreshold(squaredDistances(validation.embeddings, statistics), coverage),
    coverage,
  };
}

function describeAnswers(
  scores: ReturnType<typeof toScores>,
  distances: Float64Array | undefined,
  rules: { band: ChosenBand; gate: Assessment['gate'] },
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
