import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { ModelPackage } from '@assay/model-registry';
import { AssayError, type Robustness } from '@assay/schema';
import { classifyInputs } from '../compare/classify-inputs.ts';
import { evaluateScores, type Evaluation } from '../metrics/evaluate-scores.ts';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Output } from '../output.ts';
import { modelRobustness } from '../robustness/model-robustness.ts';
import { robustnessTable } from '../robustness/robustness-table.ts';
import { textTable } from '../runs/text-table.ts';
import { findPackage } from './find-package.ts';
import { labelledInputs } from './labelled-inputs.ts';

/** What `assay evaluate` was asked to do. */
export interface EvaluateRequest {
  model: string;
  data: string;
  registries: readonly string[];
  /** Column of the labels, for tabular models. */
  labelColumn?: string | undefined;
  /** Features that the table does not have, the same for every row. */
  constants: Readonly<Record<string, number>>;
  /** The model file to look at; what the manifest serves if left out. */
  variant?: 'fp32' | 'int8' | undefined;
  /** At most so many images are measured again under corruptions; left out for none. */
  robustness?: number | undefined;
  seed: number;
  json: boolean;
  state: string;
}

/** {@link Evaluation} with what the decision band and the scope gate did. */
export interface PackageEvaluation extends Evaluation {
  model: string;
  variant: string;
  decisions: {
    /** Shares of the inputs, 0 to 1. */
    answered: number;
    uncertain: number;
    outOfScope: number;
    /** Share of the answered inputs that were right. */
    accuracy: number;
  };
  robustness?: Robustness;
}

/**
 * Measures a package on labelled inputs, along the very path that serves requests.
 *
 * @throws AssayError `unknown-model`, `invalid-package`; `invalid-dataset` that lists every fault; `invalid-configuration` where
 *   rows of features shall be corrupted
 */
export async function evaluate(request: EvaluateRequest, output: Output): Promise<PackageEvaluation> {
  const model = await findPackage(request.model, request.registries);
  const { manifest } = model;
  if (request.robustness !== undefined && manifest.preprocessing.kind !== 'image')
    throw new AssayError(
      'invalid-configuration',
      `--robustness corrupts images; ${model.name}@${model.version} takes rows of features.`,
    );
  const inputs = await labelledInputs(request.data, manifest, request);
  const { scores, answers } = await classifyInputs(model, inputs, {
    source: request.data,
    variant: request.variant,
    output,
  });
  const counts = { answered: 0, uncertain: 0, outOfScope: 0, right: 0 };
  for (const [index, { decision }] of answers.entries()) {
    if (decision === 'uncertain') counts.uncertain++;
    else if (decision === 'out-of-scope') counts.outOfScope++;
    else {
      counts.answered++;
      if (decision === manifest.labels[inputs[index]!.truth]) counts.right++;
    }
  }
  const positive =
    manifest.positiveLabel === undefined ? undefined : manifest.labels.indexOf(manifest.positiveLabel);
  const robustness = await robustnessOf(model, inputs, { request, positive, output });
  const result: PackageEvaluation = {
    model: `${model.name}@${model.version}`,
    variant: request.variant ?? manifest.served,
    ...evaluateScores(scores, { positive, ordinal: manifest.ordinal, seed: request.seed }),
    decisions: {
      answered: counts.answered / inputs.length,
      uncertain: counts.uncertain / inputs.length,
      outOfScope: counts.outOfScope / inputs.length,
      accuracy: counts.answered === 0 ? 0 : counts.right / counts.answered,
    },
    ...(robustness ? { robustness } : {}),
  };
  if (request.json) output.line(JSON.stringify(result, null, 2));
  else for (const line of describe(result, manifest.labels)) output.line(line);
  return result;
}

async function robustnessOf(
  model: ModelPackage,
  inputs: readonly LabelledInput[],
  context: { request: EvaluateRequest; positive: number | undefined; output: Output },
): Promise<Robustness | undefined> {
  const { request, positive, output } = context;
  const { preprocessing, labels, calibration, served } = model.manifest;
  if (request.robustness === undefined || preprocessing.kind !== 'image') return undefined;
  return modelRobustness(await readFile(model.modelPath(request.variant ?? served)), inputs, {
    preprocessing,
    labels: labels.length,
    calibration,
    positive,
    images: request.robustness,
    seed: request.seed,
    threads: availableParallelism(),
    output,
  });
}

function describe(result: PackageEvaluation, labels: readonly string[]): string[] {
  const { metrics, intervals, classes, decisions } = result;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    `${result.model} (${result.variant}) on ${result.rows} inputs`,
    ...Object.entries(metrics).map(([name, value]) => {
      const interval = intervals[name];
      const range = interval ? `  (${interval[0].toFixed(4)} – ${interval[1].toFixed(4)})` : '';
      return `  ${name.padEnd(34)} ${value.toFixed(4)}${range}`;
    }),
    `  answered ${percent(decisions.answered)}, of those right ${percent(decisions.accuracy)}; ` +
      `uncertain ${percent(decisions.uncertain)}, out of scope ${percent(decisions.outOfScope)}`,
    ...labels.map((label, index) => {
      const one = classes[index]!;
      const figures = [one.precision, one.recall, one.f1].map((value) => value.toFixed(3)).join(' ');
      return `  ${label.padEnd(26)} precision, recall, F1: ${figures}  (${one.support})`;
    }),
    ...(result.robustness ? describeRobustness(result.robustness) : []),
  ];
}

function describeRobustness(robustness: Robustness): string[] {
  const { head, rows } = robustnessTable(robustness);
  return [
    '',
    `${robustness.images} images, each changed before it was prepared; changes in points`,
    ...textTable([head, ...rows]),
  ];
}
