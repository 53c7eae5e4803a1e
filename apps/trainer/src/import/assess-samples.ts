import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import {
  AssayError,
  defaultProjection,
  type ImportProvenance,
  type ModelEvaluation,
  type PreprocessingSpec,
  type Robustness,
} from '@assay/schema';
import { refuseFaults } from '../data/dataset-error.ts';
import type { Examples } from '../data/examples.ts';
import { labelledInput, type LabelledInput } from '../data/labelled-input.ts';
import { measureInputs } from '../data/measure-inputs.ts';
import { partData, type PartedData, type PartingConfig } from '../data/part-data.ts';
import { splitNames, type SplitName } from '../data/sample.ts';
import { countByLabel } from '../data/split.ts';
import type { Output } from '../output.ts';
import { assess, type Assessment } from '../packaging/assess.ts';
import type { AssessedSession } from '../packaging/choose.ts';
import { describeEvaluation } from '../packaging/describe-evaluation.ts';
import { buildReference, type Reference } from '../reference/build-reference.ts';
import { modelRobustness } from '../robustness/model-robustness.ts';
import { checkReadable, examplesFrom } from './sample-inputs.ts';
import type { StandardModel } from './standard-model.ts';

/** Labelled inputs that an imported model is measured on. */
export interface SampleRequest {
  /** Folder or archive with a folder of images per label, or a CSV file. */
  path: string;
  /** Column of the labels, for tables. */
  labelColumn?: string | undefined;
  positive?: string | undefined;
  preprocessing: PreprocessingSpec;
  /** Points of accuracy, 0 to 1, that INT8 may lose and still answer; left out for no INT8. */
  accuracyBudget?: number | undefined;
  /** At most so many images are measured again under corruptions; 0 for none. */
  robustness: number;
  state: string;
}

/** What was found out by samples. */
export interface SampleResult {
  samples: NonNullable<ImportProvenance['samples']>;
  reference: Reference;
  /** What only labels tell. */
  measured?: { assessment: Assessment; evaluation: ModelEvaluation };
}

const seed = 1;
/** The model has learnt from none of them: choices and figures get more than in training. */
const split = { validation: 0.35, test: 0.35, seed };
const decision = { accuracy: 0.9, minimumCoverage: 0.5, assurance: 0.8 };
const coverage = 0.995;
/** The gate holds the square of the channels in numbers, and cannot be fitted on a handful of inputs. */
const gate = { mostChannels: 512, leastInputs: 100 };
/** Fewer inputs neither show the range of every channel nor what INT8 loses. */
const int8 = { leastInputs: 100, calibrationSamples: 200, percentile: 99.99 };

/**
 * Calibrates an imported model on labelled samples, quantises it, chooses its decision band and scope gate, and measures it on a
 * part of them that decides nothing.
 *
 * @throws AssayError `invalid-dataset` that lists every fault; each label needs three samples
 */
export async function assessSamples(
  standard: StandardModel,
  request: SampleRequest,
  output: Output,
): Promise<SampleResult & Required<Pick<SampleResult, 'measured'>>> {
  const { preprocessing, accuracyBudget } = request;
  const { labels, features } = standard;
  const parted = await partData(partingOf(request, labels), { state: request.state, output });
  refuseFaults(request.path, parted.faults);
  const { examples, testInputs } = await prepared(parted, preprocessing, output);
  const train = parted.split.train.length;
  const isGated = features !== undefined && features <= gate.mostChannels && train >= gate.leastInputs;
  const isQuantised = accuracyBudget !== undefined && train >= int8.leastInputs;
  const session: AssessedSession = {
    config: {
      decision,
      int8: isQuantised
        ? {
            method: { type: 'percentile', percentile: int8.percentile },
            calibrationSamples: int8.calibrationSamples,
            accuracyBudget,
          }
        : null,
      scopeGate: isGated ? { method: 'mahalanobis', coverage } : null,
      seed,
      ordinal: false,
    },
    data: { labels, examples, preprocessing },
    threads: availableParallelism(),
    positive: request.positive === undefined ? undefined : labels.indexOf(request.positive),
  };
  const assessment = await assessed(standard, session, output);
  const robustness = await robustnessOf(testInputs, { assessment, session, request, output });
  const { coverage: answered, accuracy, insideScope } = assessment.answers;
  const evaluation = describeEvaluation(assessment.test, {
    labels,
    decisions: { answered, insideScope, accuracy },
    slices: [],
    ...(robustness ? { robustness } : {}),
  });
  return {
    samples: {
      name: basename(request.path),
      digest: parted.digest,
      counts: countByLabel(parted.split, labels),
    },
    reference: buildReference({
      facts: await measureInputs(testInputs, preprocessing),
      preprocessing,
      labels,
      scores: assessment.testScores,
      embeddings: assessment.testEmbeddings,
      projection: defaultProjection,
      distances: assessment.testDistances,
    }),
    measured: { assessment, evaluation },
  };
}

/** Not every model can be quantised; what cannot is served as it is. */
async function assessed(
  { model }: StandardModel,
  session: AssessedSession,
  output: Output,
): Promise<Assessment> {
  try {
    return await assess(session, model);
  } catch (error) {
    const isLost = session.config.int8 !== null && error instanceof AssayError;
    if (!isLost || error.code !== 'invalid-model') throw error;
    output.note(`No INT8: ${error.message}`);
    return assess({ ...session, config: { ...session.config, int8: null } }, model);
  }
}

async function robustnessOf(
  inputs: readonly LabelledInput[],
  context: { assessment: Assessment; session: AssessedSession; request: SampleRequest; output: Output },
): Promise<Robustness | undefined> {
  const { assessment, session, request, output } = context;
  const { preprocessing, robustness } = request;
  if (preprocessing.kind !== 'image' || robustness === 0) return undefined;
  const { models, served, calibration } = assessment;
  return modelRobustness(models[served] ?? models.fp32, inputs, {
    preprocessing,
    labels: session.data.labels.length,
    calibration,
    positive: session.positive,
    images: robustness,
    seed,
    threads: session.threads,
    output,
  });
}

function partingOf({ path, labelColumn, preprocessing }: SampleRequest, labels: string[]): PartingConfig {
  if (preprocessing.kind === 'image')
    return { labels, split, data: { reader: 'folders', path, cacheMegabytes: 0, allowLeaks: [] } };
  return {
    labels,
    split,
    data: {
      reader: 'table',
      path: dirname(path),
      tables: [{ file: basename(path), constants: {} }],
      labelColumn: labelColumn ?? '',
      features: preprocessing.features.map(({ name }) => name),
      separator: ',',
    },
  };
}

/** Every sample along the path that serves requests. @throws AssayError `invalid-dataset` that lists what cannot be read */
async function prepared(
  parted: PartedData,
  preprocessing: PreprocessingSpec,
  output: Output,
): Promise<{ examples: Record<SplitName, Examples>; testInputs: LabelledInput[] }> {
  const { labels, features } = parted;
  const inputsOf = (name: SplitName) =>
    parted.split[name].map((sample) => labelledInput(sample, { labels, features }));
  const inputs = { train: inputsOf('train'), validation: inputsOf('validation'), test: inputsOf('test') };
  await checkReadable(
    splitNames.flatMap((name) => inputs[name]),
    { root: parted.root, preprocessing, output },
  );
  const examplesOf = (name: SplitName) => examplesFrom(inputs[name], preprocessing);
  return {
    examples: {
      train: examplesOf('train'),
      validation: examplesOf('validation'),
      test: examplesOf('test'),
    },
    testInputs: inputs.test,
  };
}
