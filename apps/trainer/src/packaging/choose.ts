import type { Calibration, ScopeGateStatistics } from '@assay/schema';
import { seededRandom } from '@assay/random';
import { modelInput } from '@assay/training';
import { chooseDecisionBand, type ChosenBand } from '../calibration/decision-band.ts';
import { fitCalibration } from '../calibration/fit-calibration.ts';
import { fitScopeGate, scopeThreshold, squaredDistances } from '../calibration/scope-gate.ts';
import type { TrainingConfig } from '../config/training-config.ts';
import type { PreparedData } from '../data/examples.ts';
import { evaluateScores } from '../metrics/evaluate-scores.ts';
import { scoreExamples, type ScoredExamples } from '../run/score-examples.ts';
import { toScores } from '../run/validate.ts';
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
  gate?: { statistics: ScopeGateStatistics; threshold: number; coverage: number };
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
      embeddings: config.scopeGate !== null,
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
  const gate = await chooseGate(session, models[served] ?? fp32, validation);
  return {
    models,
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

async function chooseGate(
  session: AssessedSession,
  model: Uint8Array,
  validation: ScoredExamples,
): Promise<Choices['gate']> {
  const { scopeGate } = session.config;
  if (scopeGate === null || !validation.embeddings || validation.embeddings.size === 0) return undefined;
  const statistics = await gateStatistics(session, model);
  if (!statistics) return undefined;
  const { coverage } = scopeGate;
  const threshold = scopeThreshold(squaredDistances(validation.embeddings, statistics), coverage);
  return { statistics, threshold, coverage };
}

/** Where the training inputs lie; `undefined` for a model that gives no features. */
export async function gateStatistics(
  session: AssessedSession,
  model: Uint8Array,
): Promise<ScopeGateStatistics | undefined> {
  const { data, threads } = session;
  const { embeddings } = await scoreExamples(model, data.examples.train, {
    threads,
    labels: data.labels.length,
    embeddings: true,
    indices: drawIndices(session, gateSamples),
  });
  return embeddings && fitScopeGate(embeddings);
}

/** Some training examples, drawn by the seed. */
function drawIndices({ data, config }: AssessedSession, count: number): number[] {
  const indices = Array.from(data.examples.train.classes.keys());
  return seededRandom(config.seed, 'draw', count).shuffle(indices).slice(0, count);
}
