import { describe, expect, it } from '@jest/globals';
import { AssayError } from './assay-error.ts';
import { isTrained, modelManifest } from './model-manifest.ts';
import { imagePreprocessingSpec, preprocessingSpec } from './preprocessing-spec.ts';
import { problems } from './problems.ts';

const digest = 'a'.repeat(64);
const manifest = {
  schemaVersion: 1,
  name: 'stripes',
  version: '1',
  description: '',
  task: 'classification',
  labels: ['down', 'across'],
  positiveLabel: 'down',
  preprocessing: { kind: 'tabular', features: [{ name: 'x', mean: 0, std: 1 }] },
  input: { name: 'input', shape: ['N', 1] },
  output: { logits: 'logits', activation: 'softmax' },
  calibration: { temperature: 1, bias: [0, 0] },
  decision: { minimumConfidence: 0.5 },
  explanation: { method: 'none' },
  variants: { fp32: { file: 'model.onnx' } },
  served: 'fp32',
  accuracyBudget: 0.005,
  files: [{ path: 'model.onnx', bytes: 1, sha256: digest }],
  metrics: {},
  provenance: {
    command: 'assay train',
    seed: 1,
    startedAt: '2026-01-01T00:00:00Z',
    durationSeconds: 1,
    dataset: { name: 'stripes', digest, counts: {} },
    config: {},
  },
};

describe('an image preprocessing spec', () => {
  const spec = {
    kind: 'image',
    resize: { mode: 'none' },
    crop: { mode: 'none' },
    normalise: { mean: [0.5], std: [0.5] },
  };

  it('fills in its defaults', () => {
    expect(imagePreprocessingSpec.parse(spec)).toMatchObject({
      autoOrient: true,
      icc: false,
      background: [255, 255, 255],
      colour: 'rgb',
      mirror: false,
    });
  });

  it('must normalise as many channels as its colour has', () => {
    expect(preprocessingSpec.safeParse({ ...spec, colour: 'grey' }).success).toBe(true);
    expect(preprocessingSpec.safeParse(spec).error?.issues.map(({ message }) => message)).toEqual([
      'expected 3 value(s) for colour "rgb", received 1',
      'expected 3 value(s) for colour "rgb", received 1',
    ]);
  });

  it('does not swallow a misspelt key', () => {
    expect(preprocessingSpec.safeParse({ ...spec, colour: 'grey', autoorient: false }).success).toBe(false);
  });
});

describe('a model manifest', () => {
  it('is accepted when its parts agree', () => {
    expect(modelManifest.parse(manifest).served).toBe('fp32');
  });

  it('tells a model that was trained here from one that was brought', () => {
    const imported = {
      kind: 'imported',
      command: 'assay import model.onnx',
      importedAt: '2026-01-01T00:00:00Z',
      source: { file: 'model.onnx', sha256: digest, bytes: 1 },
      changes: [],
    };
    expect(isTrained(modelManifest.parse(manifest))).toBe(true);
    expect(isTrained(modelManifest.parse({ ...manifest, provenance: imported }))).toBe(false);
    const mixed = { ...manifest.provenance, kind: 'imported' };
    expect(modelManifest.safeParse({ ...manifest, provenance: mixed }).success).toBe(false);
  });

  const contradictions: [string, object, string][] = [
    ['labels that repeat', { labels: ['down', 'down'] }, 'labels repeat'],
    ['a positive label that is none', { positiveLabel: 'up' }, '"up" is not one of the labels'],
    ['a bias too few', { calibration: { temperature: 1, bias: [0] } }, 'expected 2 values, one per label'],
    [
      'a served variant that is missing',
      { served: 'int8' },
      'int8 is to be served but the package has no such variant',
    ],
    [
      'a file that is not listed',
      { variants: { fp32: { file: 'other.onnx' } } },
      '"other.onnx" is used but not listed',
    ],
  ];
  for (const [what, change, message] of contradictions)
    it(`is refused for ${what}`, () => {
      const { error } = modelManifest.safeParse({ ...manifest, ...change });
      expect(error?.issues.map((issue) => issue.message)).toContain(message);
    });

  it('has a name that can stand in a URL, a folder and a metric', () => {
    for (const name of ['Birds', 'a/b', '..', '-a', 'a b', ''])
      expect(modelManifest.safeParse({ ...manifest, name }).success).toBe(false);
  });
});

describe('the error table', () => {
  it('has a status of HTTP and a title in every row, and an error knows its row', () => {
    for (const { status, title } of Object.values(problems)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).not.toMatch(/\.$/);
    }
    const error = new AssayError('unknown-model', 'No model is named "x".', { extensions: { models: [] } });
    expect([error.status, error.code, error.message, error.extensions]).toEqual([
      404,
      'unknown-model',
      'No model is named "x".',
      { models: [] },
    ]);
  });
});
