import { readCamHead } from '@assay/explanation';
import { defaultProjection, type ModelManifest, type PreprocessingSpec } from '@assay/schema';
import { modelFeatures, modelInput, modelLogits } from '@assay/training';
import { describeGate } from '../packaging/gate.ts';
import { referenceMembers } from '../reference/build-reference.ts';
import type { SampleResult } from './assess-samples.ts';
import type { ImportRequest } from './import-model.ts';
import type { StandardModel } from './standard-model.ts';

/** What is known of an imported model without samples. */
export function describeImport(
  request: Pick<ImportRequest, 'name' | 'description' | 'positive'>,
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
    ...(features === undefined ? {} : { embeddingProjection: defaultProjection }),
    variants: { fp32: { file: 'model.onnx' } },
    served: 'fp32',
    accuracyBudget: 0,
    metrics: {},
  };
}

/** What samples add to a manifest. */
export function describeSamples({ measured }: SampleResult): Partial<ModelManifest> {
  if (measured === undefined) return referenceMembers;
  const { assessment, evaluation } = measured;
  const { calibration, band, gate, variants, served, accuracyBudget, test, answers } = assessment;
  return {
    ...referenceMembers,
    calibration,
    decision: band.band,
    ...describeGate(gate),
    variants: {
      fp32: { file: 'model.onnx', ...variants.fp32 },
      ...(variants.int8 ? { int8: { file: 'model.int8.onnx', ...variants.int8 } } : {}),
    },
    served,
    accuracyBudget,
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
