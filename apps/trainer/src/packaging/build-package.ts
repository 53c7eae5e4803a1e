import { listFiles, modelDigest, openRegistry, type ModelPackage } from '@assay/model-registry';
import {
  acceptsAnySize,
  checkExport,
  exportModel,
  modelFeatures,
  modelInput,
  modelLogits,
  shrinkNetwork,
  weightsOf,
  type NetworkSpec,
  type NetworkWeights,
  type TrainingState,
} from '@assay/training';
import {
  AssayError,
  defaultProjection,
  type ExplanationSpec,
  type ModelEvaluation,
  type ModelManifest,
  type RefitProvenance,
} from '@assay/schema';
import type { ProgressState } from '@assay/training-runs';
import { measureInputs } from '../data/measure-inputs.ts';
import { buildReference, referenceFiles, referenceMembers } from '../reference/build-reference.ts';
import { readState } from '../run/checkpoint.ts';
import type { Refit } from '../run/refit.ts';
import { report, type TrainingSession } from '../run/training-session.ts';
import { measure, type Assessment } from './assess.ts';
import { carryOver } from './carry-over.ts';
import { choose, type Choices } from './choose.ts';
import { drawFigures, readEpochs } from './draw-figures.ts';
import { examine } from './examine.ts';
import { explainPackage } from './explain-package.ts';
import { describeGate } from './gate.ts';
import { makeGolden } from './golden.ts';
import { goldenInputs } from './golden-inputs.ts';
import { modelCard } from './model-card.ts';
import { gateFile, packGate } from './pack-gate.ts';
import { packTestAnswers, testAnswersFile } from './test-answers.ts';

/** What a package says about how it was made. */
export interface Origin {
  version: string;
  command: string;
  startedAt: string;
  gitCommit?: string | undefined;
}

/**
 * Turns the best checkpoint of a run into a model package.
 *
 * @param origin.refit Weights that shall answer in place of that checkpoint's, by which everything is chosen.
 */
export async function buildPackage(
  session: TrainingSession,
  progress: ProgressState,
  origin: Origin & { refit?: Refit | undefined },
): Promise<ModelPackage> {
  const { config, data, run } = session;
  if (!progress.best)
    throw new AssayError('training-failed', `${run.path} has no checkpoint to make a package of.`);
  const state = await readState(run, progress.best.stateFile);
  await report(session, `Packaging the weights of epoch ${progress.best.epoch}.`);
  const { network, weights } = await packedNetwork(session, state);
  const fp32 = exportModel(network, weights, { labels: JSON.stringify(data.labels) });
  await checkExport(network, weights, { model: fp32 });
  const chosen = await choose(session, fp32);
  const { refit } = origin;
  const packed = refit ? await carryOver(session, chosen, refit) : chosen;
  const measured = await measureUnseen(session, { chosen, packed, refit });
  const { assessment } = measured;
  const { preprocessing } = (refit ?? session).data;
  const { networkInput } = data;
  const size = networkInput.kind === 'image' ? networkInput : { width: 1, height: 1 };
  const golden = await makeGolden(
    await goldenInputs(preprocessing, { seed: config.seed, size }),
    packed.models,
    {
      preprocessing,
      labels: data.labels.length,
    },
  );
  const facts = await measureInputs(data.testInputs, preprocessing);
  const evaluation = await examine(measured.session, assessment, facts);
  const reference = buildReference({
    facts,
    preprocessing,
    labels: data.labels,
    scores: assessment.testScores,
    // Other weights have other features.
    embeddings: assessment.models === packed.models ? assessment.testEmbeddings : undefined,
    projection: defaultProjection,
    distances: assessment.testDistances,
  });
  const explanation = await explainPackage(measured.session, assessment);
  const manifest = describe(session, progress, { origin, packed, assessment, evaluation, explanation });
  const registry = openRegistry(config.registry);
  const { gate, models } = packed;
  const files = {
    'model.onnx': models.fp32,
    ...(models.int8 ? { 'model.int8.onnx': models.int8 } : {}),
    ...(gate?.method === 'mahalanobis' ? { [gateFile]: packGate(gate.statistics) } : {}),
    'golden.json': `${JSON.stringify(golden, null, 2)}\n`,
    ...(refit?.parts.includes('test')
      ? { [testAnswersFile]: packTestAnswers(data.testInputs, assessment.testScores) }
      : {}),
    ...referenceFiles(reference),
  };
  const figures = await drawFigures(evaluation, { labels: data.labels, epochs: await readEpochs(run) });
  const card = modelCard({
    manifest,
    assessment,
    figures,
    modelDigest: modelDigest({ ...manifest, files: listFiles(files) }),
    card: config.card,
  });
  return registry.write({ manifest, files: { ...files, ...figures, 'MODEL_CARD.md': card } });
}

/** Figures are of weights that have not seen the test part: those that answer, or where they have seen it, those before. */
async function measureUnseen(
  session: TrainingSession,
  weights: { chosen: Choices; packed: Choices; refit: Refit | undefined },
): Promise<{ session: TrainingSession; assessment: Assessment }> {
  const { chosen, packed, refit } = weights;
  const before = await measure(session, { ...chosen, served: packed.served });
  if (refit === undefined || refit.parts.includes('test')) return { session, assessment: before };
  const anew = { ...session, data: refit.data };
  const assessment = await measure(anew, packed);
  const figures = [before, assessment].map(({ test }) => (test.metrics.accuracy ?? Number.NaN).toFixed(4));
  await report(session, `Accuracy on the test part: ${figures.join(' before, ')} trained anew.`);
  return { session: anew, assessment };
}

/** What is packed: the network as it was trained, without the channels that were pruned. */
async function packedNetwork(
  session: TrainingSession,
  state: TrainingState,
): Promise<{ network: NetworkSpec; weights: NetworkWeights }> {
  const { config, network } = session;
  const weights = weightsOf(state);
  const { mask } = state.vectors;
  if (config.prune === undefined || mask === undefined) return { network, weights };
  const smaller =
    config.prune.unit === 'channel' ? shrinkNetwork(network, weights, mask) : { network, weights };
  const kept =
    config.prune.unit === 'channel'
      ? smaller.weights.parameters.length
      : mask.reduce((sum, stays) => sum + stays, 0);
  await report(session, `Pruned: ${kept} of ${mask.length} parameters are left.`);
  return smaller;
}

function describe(
  { config, data, network }: TrainingSession,
  progress: ProgressState,
  parts: {
    origin: Origin & { refit?: Refit | undefined };
    packed: Choices;
    assessment: Assessment;
    evaluation: ModelEvaluation;
    explanation: ExplanationSpec;
  },
): Omit<ModelManifest, 'files'> {
  const { origin, packed, assessment, evaluation, explanation } = parts;
  const { refit } = origin;
  const { preprocessing } = (refit ?? { data }).data;
  const { networkInput } = data;
  const { gate, models } = packed;
  const isImage = preprocessing.kind === 'image';
  const fullyConvolutional = acceptsAnySize(network);
  const int8 = assessment.variants.int8;
  return {
    schemaVersion: 1,
    name: config.name,
    version: origin.version,
    description: config.description,
    task: 'classification',
    labels: data.labels,
    ...(config.positiveLabel === undefined ? {} : { positiveLabel: config.positiveLabel }),
    preprocessing,
    input: {
      name: modelInput,
      shape:
        networkInput.kind === 'features'
          ? ['N', networkInput.size]
          : fullyConvolutional
            ? ['N', networkInput.channels, 'height', 'width']
            : ['N', networkInput.channels, networkInput.height, networkInput.width],
    },
    output: { logits: modelLogits, activation: 'softmax', ...(isImage ? { features: modelFeatures } : {}) },
    calibration: packed.calibration,
    decision: packed.band.band,
    ...describeGate(gate),
    explanation,
    ...(isImage ? { embeddingProjection: defaultProjection } : {}),
    variants: {
      fp32: { file: 'model.onnx', ...assessment.variants.fp32 },
      ...(models.int8 && int8 ? { int8: { file: 'model.int8.onnx', ...int8 } } : {}),
    },
    served: packed.served,
    accuracyBudget: packed.accuracyBudget,
    metrics: {
      ...assessment.test.metrics,
      certainCoverage: assessment.answers.coverage,
      certainAccuracy: assessment.answers.accuracy,
    },
    evaluation,
    ...referenceMembers,
    ...(config.ordinal ? { ordinal: true } : {}),
    provenance: {
      command: origin.command,
      seed: config.seed,
      startedAt: origin.startedAt,
      durationSeconds: Math.round(progress.seconds + (refit?.seconds ?? 0)),
      dataset: { name: nameOf(config.data.path), digest: data.digest, counts: data.counts },
      ...(origin.gitCommit === undefined ? {} : { gitCommit: origin.gitCommit }),
      ...(refit ? { refit: describeRefit(refit) } : {}),
      config,
    },
  };
}

function describeRefit({ parts, inputs, epochs }: Refit): RefitProvenance {
  const answers = parts.includes('test') ? { testAnswers: testAnswersFile } : {};
  return { parts: [...parts], inputs, epochs, ...answers };
}

function nameOf(path: string): string {
  return (path.split(/[\\/]/).filter(Boolean).at(-1) ?? path).replace(/\.(?:tar\.gz|tgz)$/, '');
}
