import { measureImage } from '@assay/preprocessing';
import { createProjection } from '@assay/prediction';
import { defaultProjection, type Prediction } from '@assay/schema';
import { makePng } from '@assay/testing';
import { fakeIdentity } from '../fake-service.fixture.ts';
import type { LoadedModel } from '../served-models.ts';
import { newDraft, noteUpload, type PredictionDraft } from './prediction-draft.ts';

/** A draft as it is when an image of random colours was answered by a model of some labels. */
export function imageDraft({ labels = ['a', 'b'], client = 'a test' } = {}): PredictionDraft {
  const draft = newDraft({ client });
  const bytes = makePng(16, 12, [10, 120, 250]);
  noteUpload(draft, { bytes });
  const weights = labels.map((_, i) => 1 / (i + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  const probabilities = Object.fromEntries(labels.map((label, i) => [label, weights[i]! / sum]));
  const best = { label: labels[0]!, index: 0, probability: probabilities[labels[0]!]! };
  const prediction: Prediction = {
    id: draft.id,
    model: { name: 'fake', version: '1', variant: 'fp32' },
    prediction: best.label,
    probability: best.probability,
    probabilities,
    top: [best],
    decision: 'uncertain',
    confidence: best.probability,
    scope: { distance: 123.456789, threshold: 200, inside: true },
    views: 1,
  };
  const data = Uint8Array.from({ length: 16 * 12 * 3 }, (_, i) => (i * 7919) % 256);
  const image = {
    width: 16,
    height: 12,
    channels: 3,
    data,
    format: 'jpeg',
    bytes: bytes.length,
    jpegQuality: 88,
  } as const;
  return Object.assign(draft, {
    model: loadedModel(labels),
    prediction,
    observed: {
      embedding: Float32Array.from({ length: 128 }, (_, i) => Math.sin(i) * 1e-3),
      properties: measureImage(image),
    },
    stages: {
      receive: 1.23456,
      decode: 2.5,
      preprocess: 3,
      queue: 0,
      inference: 4,
      postprocess: 0.1,
      measure: 0.2,
    },
  });
}

/** A draft as it is when a row of many features was answered. */
export function rowDraft(
  features: Readonly<Record<string, unknown>>,
  known = Object.keys(features),
): PredictionDraft {
  const { observed: _, ...draft } = imageDraft();
  noteUpload(draft, { features });
  const preprocessing = {
    kind: 'tabular' as const,
    features: known.map((name) => ({ name, mean: 0, std: 1 })),
  };
  return { ...draft, model: loadedModel(['a', 'b'], preprocessing) };
}

function loadedModel(labels: readonly string[], preprocessing?: object): LoadedModel {
  const manifest = { name: 'fake', labels, preprocessing: preprocessing ?? { kind: 'image' } };
  return {
    package: { name: 'fake', version: '1', manifest },
    logged: { identity: fakeIdentity, project: createProjection(defaultProjection) },
  } as unknown as LoadedModel;
}
