import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { prepareInput } from '@assay/prediction';
import {
  AssayError,
  type ImportProvenance,
  type ModelEvaluation,
  type PreprocessingSpec,
} from '@assay/schema';
import { refuseFaults } from '../data/dataset-error.ts';
import type { Examples } from '../data/examples.ts';
import { labelledInput } from '../data/labelled-input.ts';
import { partData, type PartedData, type PartingConfig } from '../data/part-data.ts';
import { splitNames, type SplitName } from '../data/sample.ts';
import { countByLabel } from '../data/split.ts';
import type { Output } from '../output.ts';
import { assess, type Assessment } from '../packaging/assess.ts';
import { describeEvaluation } from '../packaging/describe-evaluation.ts';
import type { StandardModel } from './standard-model.ts';

/** Labelled inputs that an imported model is measured on. */
export interface SampleRequest {
  /** Folder or archive with a folder of images per label, or a CSV file. */
  path: string;
  /** Column of the labels, for tables. */
  labelColumn?: string | undefined;
  positive?: string | undefined;
  preprocessing: PreprocessingSpec;
  state: string;
}

/** What was found out by them. */
export interface SampleResult {
  assessment: Assessment;
  evaluation: ModelEvaluation;
  samples: NonNullable<ImportProvenance['samples']>;
}

const seed = 1;
/** The model has learnt from none of them: choices and figures get more than in training. */
const split = { validation: 0.35, test: 0.35, seed };
const decision = { accuracy: 0.9, minimumCoverage: 0.5, assurance: 0.8 };
const coverage = 0.995;
/** The gate holds the square of the channels in numbers, and cannot be fitted on a handful of inputs. */
const gate = { mostChannels: 512, leastInputs: 100 };

/**
 * Calibrates an imported model on labelled samples, chooses its decision band and scope gate, and measures it on a part of
 * them that decides nothing.
 *
 * @throws AssayError `invalid-dataset` that lists every fault; each label needs three samples
 */
export async function assessSamples(
  standard: StandardModel,
  request: SampleRequest,
  output: Output,
): Promise<SampleResult> {
  const { preprocessing, positive } = request;
  const { labels, features } = standard;
  const parted = await partData(partingOf(request, labels), { state: request.state, output });
  refuseFaults(request.path, parted.faults);
  const examples = await prepared(parted, preprocessing, output);
  const train = parted.split.train.length;
  const isGated = features !== undefined && features <= gate.mostChannels && train >= gate.leastInputs;
  const assessment = await assess(
    {
      config: { decision, int8: null, scopeGate: isGated ? { coverage } : null, seed, ordinal: false },
      data: { labels, examples, preprocessing },
      threads: availableParallelism(),
      positive: positive === undefined ? undefined : labels.indexOf(positive),
    },
    standard.model,
  );
  const { coverage: answered, accuracy, insideScope } = assessment.answers;
  return {
    assessment,
    evaluation: describeEvaluation(assessment.test, {
      labels,
      decisions: { answered, insideScope, accuracy },
      slices: [],
    }),
    samples: {
      name: basename(request.path),
      digest: parted.digest,
      counts: countByLabel(parted.split, labels),
    },
  };
}

function partingOf({ path, labelColumn, preprocessing }: SampleRequest, labels: string[]): PartingConfig {
  if (preprocessing.kind === 'image')
    return { labels, split, data: { reader: 'folders', path, cacheMegabytes: 0, allowLeaks: [] } };
  if (labelColumn === undefined)
    throw new AssayError(
      'invalid-configuration',
      'Name the column with the labels of the samples: --label-column.',
    );
  return {
    labels,
    split,
    data: {
      reader: 'table',
      path: dirname(path),
      tables: [{ file: basename(path), constants: {} }],
      labelColumn,
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
): Promise<Record<SplitName, Examples>> {
  const { labels, features } = parted;
  const faults: string[] = [];
  const total = splitNames.reduce((sum, name) => sum + parted.split[name].length, 0);
  const progress = output.progress('reading samples', total);
  let done = 0;
  const examplesOf = async (name: SplitName): Promise<Examples> => {
    const inputs = parted.split[name].map((sample) => labelledInput(sample, { labels, features }));
    for (const { path, read } of inputs) {
      try {
        await prepareInput(await read(), preprocessing, {});
      } catch (error) {
        if (!(error instanceof AssayError)) throw error;
        faults.push(`${path}: ${error.message}`);
      }
      progress.update(++done);
    }
    return {
      classes: Int32Array.from(inputs, ({ truth }) => truth),
      views: async (index) => (await prepareInput(await inputs[index]!.read(), preprocessing, {})).tensor,
    };
  };
  const train = await examplesOf('train');
  const validation = await examplesOf('validation');
  const test = await examplesOf('test');
  progress.stop();
  refuseFaults(parted.root, faults);
  return { train, validation, test };
}
