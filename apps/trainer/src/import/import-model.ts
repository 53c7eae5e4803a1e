import { listFiles, modelDigest, openRegistry, type ModelPackage } from '@assay/model-registry';
import { openClassifier } from '@assay/prediction';
import { AssayError, type ModelManifest, type PreprocessingSpec } from '@assay/schema';
import { promoteUnlessWorse } from '../commands/promote.ts';
import { versionOf } from '../commands/version-of.ts';
import type { Output } from '../output.ts';
import { gateFile, packGate } from '../packaging/pack-gate.ts';
import { drawFigures } from '../packaging/draw-figures.ts';
import { referenceFiles } from '../reference/build-reference.ts';
import { assessSamples, type SampleResult } from './assess-samples.ts';
import { checkGoldens, type GoldenResult } from './check-goldens.ts';
import type { Activation } from './detect-activation.ts';
import { readGoldenFolder } from './golden-folder.ts';
import { importCard } from './import-card.ts';
import { importedGolden } from './import-golden.ts';
import { describeImport, describeSamples } from './import-manifest.ts';
import { findPlainSamples, profileSamples } from './plain-samples.ts';
import type { ChannelOrder, Layout } from './input-layout.ts';
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
  /** Inputs for its reference profile; with labels also to calibrate, quantise and measure it on. */
  samples?: string | undefined;
  /** Column of their labels, for tables. */
  labelColumn?: string | undefined;
  /** Points of accuracy, 0 to 1, that INT8 may lose on the samples and still answer; left out for no INT8. */
  accuracyBudget?: number | undefined;
  /** At most so many samples are measured again under corruptions; 0 for none. */
  robustness: number;
  registry: string;
  /** For unpacked archives. */
  state: string;
  /** How the user said all this. */
  command: string;
}

/** Of the draws that compare it with the present champion. */
const promotionSeed = 1;

/**
 * Turns any ONNX classifier into a model package and lets `champion` stand for it, or `challenger` where the present champion is shown
 * to be better.
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
  const found = await examined(standard, { ...request, preprocessing }, output);
  const { assessment } = found?.measured ?? {};
  const models = assessment?.models ?? { fp32: standard.model };
  const manifest: Omit<ModelManifest, 'files'> = {
    ...describeImport(request, standard, preprocessing),
    ...(found ? describeSamples(found) : {}),
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
  const golden = await importedGolden(models, { preprocessing, labels: standard.labels.length, checked });
  const files = {
    'model.onnx': models.fp32,
    ...(models.int8 ? { 'model.int8.onnx': models.int8 } : {}),
    ...(assessment?.gate?.method === 'mahalanobis'
      ? { [gateFile]: packGate(assessment.gate.statistics) }
      : {}),
    'golden.json': `${JSON.stringify(golden, null, 2)}\n`,
    ...(found ? referenceFiles(found.reference) : {}),
  };
  const { evaluation } = manifest;
  const figures = evaluation ? await drawFigures(evaluation, { labels: standard.labels }) : {};
  const digest = modelDigest({ ...manifest, files: listFiles(files) });
  const card = importCard(manifest, assessment && { assessment, figures, modelDigest: digest });
  const written = await registry.write({ manifest, files: { ...files, ...figures, 'MODEL_CARD.md': card } });
  await checkServed(written);
  for (const line of summary(written, standard, checked)) output.note(line);
  const candidate = {
    reference: `${written.name}@${version}`,
    metric: request.positive === undefined ? 'accuracy' : 'auroc',
    seed: promotionSeed,
    registries: [request.registry],
    state: request.state,
  };
  await promoteUnlessWorse(candidate, output);
  output.line(written.folder);
  return written;
}

/** What the samples say, where there are any. */
async function examined(
  standard: StandardModel,
  request: ImportRequest & { preprocessing: PreprocessingSpec },
  output: Output,
): Promise<SampleResult | undefined> {
  const { samples: path } = request;
  if (path === undefined) return undefined;
  const place = { ...request, path };
  const plain = await findPlainSamples(place);
  if (plain === undefined) return assessSamples(standard, place, output);
  output.note(
    `The samples have no labels (${request.preprocessing.kind === 'image' ? 'a folder of images for each' : '--label-column'}): ` +
      'they give a reference profile, and nothing is measured.',
  );
  return profileSamples(standard, plain, { ...place, output });
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
    `${name}@${version}: ${manifest.labels.length} labels; ${manifest.served} answers.`,
  ];
}
