import type { Calibration } from '@assay/schema';
import { seededRandom } from '@assay/random';
import { modelInput } from '@assay/training';
import { chooseDecisionBand, type ChosenBand } from '../calibration/decision-band.ts';
import { fitCalibration } from '../calibration/fit-calibration.ts';
import { fitScopeGate, scopeThreshold } from '../calibration/scope-gate.ts';
import { trainTransformationGate, withGate } from '../calibration/transformation-gate.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { PreparedData } from '../data/examples.ts';
import { evaluateScores } from '../metrics/evaluate-scores.ts';
import { scoreExamples, type ScoredExamples } from '../run/score-examples.ts';
import { toScores } from '../run/validate.ts';
import { gateDistances, type Gate, type GateMeasure } from './gate.ts';
import { quantise } from './quantise.ts';
import { isWithinBudget } from './within-budget.ts';

/** Training inputs that the scope gate is fitted on, at most. */
const gateSamples = 4000;

export type VariantName = 'fp32' | 'int8';

/** The forms of one model. */
export interface Models {
  fp32: Uint8Array;
  int8?: Uint8Array;
}

/** What is assessed with: a training session, or the same of a model that was trained elsewhere. */
export interface AssessedSession {
  config: Pick<TrainingConfig, 'decision' | 'int8' | 'scopeGate' | 'seed' | 'ordinal'>;
  data: Pick<PreparedData, 'labels' | 'examples' | 'preprocessing'>;
  /** Of one operator. */
  threads: number;
  /** Position of the positive label, where there is one. */
  positive: number | undefined;
}

/** The models of a package, and how their answers are read. */
export interface Choices {
  models: Models;
  served: VariantName;
  /** Points that INT8 was allowed to lose, 0 where there is none. */
  accuracyBudget: number;
  calibration: Calibration;
  band: ChosenBand;
  gate?: Gate;
}

/** Quantises and calibrates a trained model, on the training and validation parts alone. */
export async function choose(session: AssessedSession, fp32: Uint8Array): Promise<Choices> {
  const { config, data, threads, positive } = session;
  const { classes } = data.examples.validation;
  const labels = data.labels.length;
  const models = await modelsOf(session, fp32);
  const score = (model: Uint8Array) =>
    scoreExamples(model, data.examples.validation, {
      threads,
      labels,
      embeddings: config.scopeGate?.method === 'mahalanobis',
    });
  const figures = ({ logits }: ScoredExamples) =>
    evaluateScores(toScores(logits, classes, { labels }), { positive });
  let served: VariantName = 'fp32';
  let validation = await score(fp32);
  if (models.int8 && config.int8) {
    const quantised = await score(models.int8);
    if (isWithinBudget(figures(validation), figures(quantised), config.int8.accuracyBudget))
      [served, validation] = ['int8', quantised];
  }
  const calibration = fitCalibration(validation.logits, classes, labels);
  const scores = toScores(validation.logits, classes, { labels, calibration });
  const measure = await gateMeasure(session, models[served] ?? fp32);
  const gated = gatedModels(models, measure);
  const gate = measure && (await chooseLimit(session, gated[served] ?? fp32, { measure, validation }));
  return {
    models: gate ? gated : models,
    served,
    accuracyBudget: config.int8?.accuracyBudget ?? 0,
    calibration,
    band: chooseDecisionBand(scores, config.decision),
    ...(gate ? { gate } : {}),
  };
}

/** A model and, where it is asked for, its INT8 form. */
export async function modelsOf(session: AssessedSession, fp32: Uint8Array): Promise<Models> {
  const { int8 } = session.config;
  if (!int8) return { fp32 };
  const options = {
    indices: drawIndices(session, int8.calibrationSamples),
    input: modelInput,
    method: int8.method,
  };
  return { fp32, int8: await quantise(fp32, session.data.examples.train, options) };
}

async function chooseLimit(
  { config, data, threads }: AssessedSession,
  model: Uint8Array,
  { measure, validation }: { measure: GateMeasure; validation: ScoredExamples },
): Promise<Gate | undefined> {
  const { coverage } = config.scopeGate!;
  const labels = data.labels.length;
  const scored =
    measure.method === 'transformations'
      ? await scoreExamples(model, data.examples.validation, { threads, labels, distances: true })
      : validation;
  const distances = gateDistances(scored, measure);
  return distances && { ...measure, threshold: scopeThreshold(distances, coverage), coverage };
}

/**
 * What tells how far an input is from the training inputs, by the method of the configuration.
 *
 * @returns `undefined` where no gate is asked for, or the method needs features and the model gives none
 */
export async function gateMeasure(
  session: AssessedSession,
  model: Uint8Array,
): Promise<GateMeasure | undefined> {
  const { config, data, threads } = session;
  const { seed, scopeGate } = config;
  if (scopeGate === null) return undefined;
  const { method } = scopeGate;
  const indices = drawIndices(session, gateSamples);
  const { train } = data.examples;
  if (method === 'transformations')
    return { method, network: await trainTransformationGate(train, { seed, threads, indices }) };
  const labels = data.labels.length;
  const { embeddings } = await scoreExamples(model, train, { threads, labels, embeddings: true, indices });
  return embeddings?.size ? { method, statistics: fitScopeGate(embeddings) } : undefined;
}

/** The models with the network of the gate in them, where it has one. */
export function gatedModels(models: Models, gate: GateMeasure | undefined): Models {
  if (gate?.method !== 'transformations') return models;
  const { fp32, int8 } = models;
  return { fp32: withGate(fp32, gate.network), ...(int8 ? { int8: withGate(int8, gate.network) } : {}) };
}

/** Some training examples, drawn by the seed. */
function drawIndices({ data, config }: AssessedSession, count: number): number[] {
  const indices = Array.from(data.examples.train.classes.keys());
  return seededRandom(config.seed, 'draw', count).shuffle(indices).slice(0, count);
}
