import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { golden, modelManifest } from '@assay/schema';
import { makeTinyPackage, type TinyPackageOptions } from './tiny-package.ts';

describe('makeTinyPackage', () => {
  it.each<TinyPackageOptions>([
    {},
    { kind: 'tabular' },
    { int8: true, scopeThreshold: 1 },
    { crop: { mode: 'several', width: 8, height: 8, count: 4 } },
  ])('writes a package that fits the schema and its own digests: %j', async (options) => {
    const folder = await mkdtemp(join(tmpdir(), 'tiny-package-'));
    try {
      await makeTinyPackage(folder, options);
      const manifest = modelManifest.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
      for (const file of manifest.files) {
        const content = await readFile(join(folder, file.path));
        expect(content.byteLength).toBe(file.bytes);
        expect(createHash('sha256').update(content).digest('hex')).toBe(file.sha256);
      }
      golden.parse(JSON.parse(await readFile(join(folder, 'golden.json'), 'utf8')));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
