import { readCamHead } from '@assay/explanation';
import { listFiles, modelDigest, openRegistry, type ModelPackage } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { AssayError, type Golden, type ModelManifest, type PreprocessingSpec } from '@assay/schema';
import { modelFeatures, modelInput, modelLogits } from '@assay/training';
import { versionOf } from '../commands/version-of.ts';
import type { Output } from '../output.ts';
import { packGate } from '../packaging/pack-gate.ts';
import { drawFigures } from '../packaging/draw-figures.ts';
import { makeGolden } from '../packaging/golden.ts';
import { goldenInputs } from '../packaging/golden-inputs.ts';
import { assessSamples, type SampleResult } from './assess-samples.ts';
import { checkGoldens, type GoldenResult } from './check-goldens.ts';
import type { Activation } from './detect-activation.ts';
import { readGoldenFolder } from './golden-folder.ts';
import { importCard } from './import-card.ts';
import { viewSize, type ChannelOrder, type Layout } from './plan-input.ts';
import { readLabels } from './read-labels.ts';
import { readOnnx } from './read-onnx.ts';
import { readPreprocessing } from './read-preprocessing.ts';
import { standardModel, type StandardModel } from './standard-model.ts';

/** What `assay import` was asked to do. */
export interface ImportRequest {
  /** ONNX file. */
  file: string;
  name: string;
  /** Of the package; the time of the import if left out. */
  version?: string | undefined;
  description: string;
  /** File or list; what the model carries if left out. */
  labels?: string | undefined;
  positive?: string | undefined;
  /** Preset or YAML file. */
  preprocess: string;
  /** Folder of inputs with the outputs of the original. */
  golden?: string | undefined;
  /** Largest difference of an output, relative to the largest of its input. */
  tolerance: number;
  layout?: Layout | undefined;
  channelOrder?: ChannelOrder | undefined;
  output?: string | undefined;
  activation?: Activation | undefined;
  /** Labelled inputs to calibrate and measure it on. */
  samples?: string | undefined;
  /** Column of their labels, for tables. */
  labelColumn?: string | undefined;
  registry: string;
  /** For unpacked archives. */
  state: string;
  /** How the user said all this. */
  command: string;
}

const gateFile = 'scope-gate.json';
/** Made-up golden inputs come from this seed. */
const goldenSeed = 1;
/** So much of a logit may differ from one machine to another. */
const machineTolerance = 1e-4;
const leastTolerance = 1e-3;

/**
 * Turns any ONNX classifier into a model package and lets `champion` stand for it.
 *
 * @throws AssayError `not-found`, `invalid-model`, `invalid-configuration`, `invalid-dataset` (golden inputs, samples), `version-exists`;
 *   nothing is written then
 */
export async function importModel(request: ImportRequest, output: Output): Promise<ModelPackage> {
  const importedAt = new Date().toISOString();
  const version = request.version ?? versionOf(importedAt);
  const registry = openRegistry(request.registry);
  if ((await registry.versions(request.name)).includes(version))
    throw new AssayError(
      'version-exists',
      `${request.registry} has ${request.name}@${version} already, and packages never change; choose another version.`,
    );
  const preprocessing = readPreprocessing(request.preprocess);
  const file = await readOnnx(request.file);
  const standard = await standardModel(file, {
    ...request,
    preprocessing,
    labels: request.labels === undefined ? undefined : readLabels(request.labels),
  });
  const checked =
    request.golden === undefined
      ? undefined
      : await checkGoldens(readGoldenFolder(request.golden, preprocessing.kind), standard, {
          preprocessing,
          tolerance: request.tolerance,
        });
  if (request.positive !== undefined && !standard.labels.includes(request.positive))
    throw new AssayError(
      'invalid-configuration',
      `--positive: "${request.positive}" is not one of the labels: ${standard.labels.join(', ')}.`,
    );
  const found =
    request.samples === undefined
      ? undefined
      : await assessSamples(standard, { ...request, path: request.samples, preprocessing }, output);
  const manifest: Omit<ModelManifest, 'files'> = {
    ...describe(request, standard, preprocessing),
    ...(found ? measured(found) : {}),
    version,
    provenance: {
      kind: 'imported',
      command: request.command,
      importedAt,
      source: file.source,
      changes: standard.changes,
      ...(checked === undefined ? {} : { agreement: checked.agreement }),
      ...(found === undefined ? {} : { samples: found.samples }),
    },
  };
  const golden = await goldenOf(standard, preprocessing, checked);
  const gate = found?.assessment.gate;
  const files = {
    'model.onnx': standard.model,
    ...(gate ? { [gateFile]: packGate(gate.statistics) } : {}),
    'golden.json': `${JSON.stringify(golden, null, 2)}\n`,
  };
  const figures = found ? await drawFigures(found.evaluation, { labels: standard.labels }) : {};
  const digest = modelDigest({ ...manifest, files: listFiles(files) });
  const card = importCard(manifest, found && { assessment: found.assessment, figures, modelDigest: digest });
  const written = await registry.write({ manifest, files: { ...files, ...figures, 'MODEL_CARD.md': card } });
  await checkServed(written);
  await registry.setAlias(written.name, 'champion', written.version);
  for (const line of summary(written, standard, checked)) output.note(line);
  output.line(written.folder);
  return written;
}

function describe(
  request: ImportRequest,
  standard: StandardModel,
  preprocessing: PreprocessingSpec,
): Omit<ModelManifest, 'files' | 'version' | 'provenance'> {
  const { labels, plan, features } = standard;
  return {
    schemaVersion: 1,
    name: request.name,
    description: request.description,
    task: 'classification',
    labels,
    ...(request.positive === undefined ? {} : { positiveLabel: request.positive }),
    preprocessing,
    input: { name: modelInput, shape: plan.shape },
    output: {
      logits: modelLogits,
      activation: 'softmax',
      ...(features === undefined ? {} : { features: modelFeatures }),
    },
    calibration: { temperature: 1, bias: labels.map(() => 0) },
    decision: { minimumConfidence: 0 },
    explanation: { method: explanationOf(standard, preprocessing) },
    variants: { fp32: { file: 'model.onnx' } },
    served: 'fp32',
    accuracyBudget: 0,
    metrics: {},
  };
}

/** What labelled samples add to a manifest. */
function measured({ assessment, evaluation }: SampleResult): Partial<ModelManifest> {
  const { calibration, band, gate, variants, test, answers } = assessment;
  return {
    calibration,
    decision: band.band,
    ...(gate
      ? {
          scopeGate: {
            method: 'mahalanobis',
            file: gateFile,
            threshold: gate.threshold,
            coverage: gate.coverage,
          },
        }
      : {}),
    variants: { fp32: { file: 'model.onnx', ...variants.fp32 } },
    metrics: { ...test.metrics, certainCoverage: answers.coverage, certainAccuracy: answers.accuracy },
    evaluation,
  };
}

/** Exact where the scores are linear in a feature map; tables have no mean that contributions could start from. */
function explanationOf(
  { model, features }: StandardModel,
  { kind }: PreprocessingSpec,
): ModelManifest['explanation']['method'] {
  if (kind === 'tabular') return 'none';
  return features !== undefined && readCamHead(model, modelLogits) !== undefined ? 'cam' : 'occlusion';
}

/** The golden inputs that came, else made-up ones with what the package gives now. */
async function goldenOf(
  { model, labels }: StandardModel,
  preprocessing: PreprocessingSpec,
  checked: GoldenResult | undefined,
): Promise<Golden> {
  const cases = checked?.cases ?? [];
  const view = preprocessing.kind === 'image' ? viewSize(preprocessing) : undefined;
  const size = view ?? { width: 64, height: 64 };
  const golden =
    cases.length > 0
      ? { tolerance: { fp32: 0, int8: leastTolerance }, cases }
      : await makeGolden(
          await goldenInputs(preprocessing, { seed: goldenSeed, size }),
          { fp32: model },
          { preprocessing, labels: labels.length },
        );
  const largest = Math.max(...golden.cases.flatMap(({ logits }) => logits.fp32.map(Math.abs)));
  const relative = Math.max(machineTolerance, cases.length > 0 ? checked!.agreement.tolerance : 0);
  return {
    ...golden,
    tolerance: { ...golden.tolerance, fp32: Math.max(leastTolerance, relative * largest) },
  };
}

/** What was written must answer along the path that serves requests before anything stands for it. */
async function checkServed(written: ModelPackage): Promise<void> {
  const classifier = await openClassifier(written);
  try {
    await classifier.checkGolden();
  } finally {
    await classifier.close();
  }
}

function summary(
  { name, version, manifest }: ModelPackage,
  standard: StandardModel,
  checked?: GoldenResult,
): string[] {
  const agreement = checked?.agreement;
  return [
    ...standard.changes.map((change) => `Changed in the graph: ${change}.`),
    agreement === undefined
      ? 'Not compared with the original: no --golden inputs were given.'
      : `Compared with the original on ${agreement.whole + agreement.tensors} input(s): largest relative difference ${agreement.largest.toExponential(1)}.`,
    `${name}@${version} is the champion; ${manifest.labels.length} labels.`,
  ];
}
