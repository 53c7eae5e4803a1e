import { describe, expect, it } from '@jest/globals';
import type { ModelManifest } from '@assay/schema';
import { tinyPackage } from '@assay/testing';
import { modelDigest, preprocessingDigest } from './model-digest.ts';
import { sha256Of } from './digest.ts';

function manifest(): ModelManifest {
  const { manifest: rest, files } = tinyPackage();
  const listed = Object.entries(files).map(([path, content]) => ({
    path,
    bytes: content.byteLength,
    sha256: sha256Of(content),
  }));
  return { ...rest, files: listed };
}

const before = manifest();

describe('the digest of a model', () => {
  it('is the same whenever, wherever and under whatever version it was made', () => {
    const { provenance } = before;
    const other = {
      ...before,
      version: '2.0.0',
      provenance: { ...provenance, startedAt: '2027-01-01T00:00:00Z', durationSeconds: 99, gitCommit: 'abc' },
      files: before.files.map((file) =>
        file.path === 'MODEL_CARD.md' ? { ...file, sha256: 'f'.repeat(64) } : file,
      ),
    } as ModelManifest;
    expect(modelDigest(other)).toBe(modelDigest(before));
    expect(modelDigest(before)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the order of keys or of files', () => {
    const turned = Object.fromEntries(Object.entries(before).reverse()) as unknown as ModelManifest;
    expect(modelDigest({ ...turned, files: [...before.files].reverse() })).toBe(modelDigest(before));
  });

  it.each<[string, Partial<ModelManifest>]>([
    [
      'a file',
      { files: before.files.map((file, at) => (at > 0 ? file : { ...file, sha256: '1'.repeat(64) })) },
    ],
    ['the calibration', { calibration: { temperature: 2, bias: [0, 0] } }],
    ['a figure', { metrics: { accuracy: 0.5 } }],
    ['the projection', { embeddingProjection: { method: 'gaussian', seed: 's', dimensions: 2 } }],
    ['the labels', { labels: ['bright', 'dark'] }],
    ['the data', { provenance: { ...before.provenance, seed: 2 } as ModelManifest['provenance'] }],
  ])('changes with %s', (_, change) => {
    expect(modelDigest({ ...before, ...change })).not.toBe(modelDigest(before));
  });
});

describe('the digest of a preprocessing spec', () => {
  const { preprocessing } = before;
  it('does not depend on the order of its keys, and changes with a value', () => {
    const turned = Object.fromEntries(Object.entries(preprocessing).reverse()) as typeof preprocessing;
    expect(preprocessingDigest(turned)).toBe(preprocessingDigest(preprocessing));
    expect(preprocessingDigest({ ...preprocessing, mirror: true } as typeof preprocessing)).not.toBe(
      preprocessingDigest(preprocessing),
    );
  });
});
