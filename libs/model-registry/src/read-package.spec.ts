import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssayError, ModelManifest } from '@assay/schema';
import { makeTinyPackage } from '@assay/testing';
import { packageDigest } from './digest.ts';
import { isInside, readPackage } from './read-package.ts';

describe('readPackage', () => {
  let folder: string;
  let manifest: ModelManifest;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'read-package-'));
    manifest = await makeTinyPackage(folder, { int8: true, scopeThreshold: 1 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const faults = async () => {
    const error = (await readPackage(folder).catch((reason: unknown) => reason)) as AssayError;
    expect(error.code).toBe('invalid-package');
    return error.extensions.faults as string[];
  };
  const rewrite = (change: (manifest: Record<string, unknown>) => void) => {
    const copy = structuredClone(manifest) as unknown as Record<string, unknown>;
    change(copy);
    return writeFile(join(folder, 'manifest.json'), JSON.stringify(copy));
  };

  it('gives manifest, golden inputs, paths and card of an intact package', async () => {
    const found = await readPackage(folder);
    expect(found.manifest).toEqual(manifest);
    expect(found).toMatchObject({ name: 'tiny', version: '1.0.0', folder });
    expect(found.golden.cases).toHaveLength(2);
    expect(found.modelPath('fp32')).toBe(join(folder, 'model.onnx'));
    expect(found.modelPath('int8')).toBe(join(folder, 'model.int8.onnx'));
    expect(found.path('scope-gate.json')).toBe(join(folder, 'scope-gate.json'));
    expect(await found.card()).toContain('# tiny');
    expect(found.digest).toBe(packageDigest(manifest.files));
  });

  it('has no path for a file that is not listed', async () => {
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const found = await readPackage(folder);
    expect(() => found.path('notes.txt')).toThrow(/notes\.txt: is not in the manifest/);
  });

  it('names a file that was changed, even by one byte of equal length', async () => {
    const model = await readFile(join(folder, 'model.onnx'));
    model[model.length - 1] = model.at(-1)! ^ 1;
    await writeFile(join(folder, 'model.onnx'), model);
    expect(await faults()).toEqual([
      expect.stringMatching(/^model\.onnx: expected sha256 [0-9a-f]{64}, found/),
    ]);
  });

  it('names all files that are missing, cut short or not plain files', async () => {
    await unlink(join(folder, 'golden.json'));
    await unlink(join(folder, 'MODEL_CARD.md'));
    await symlink('/etc/hosts', join(folder, 'MODEL_CARD.md'));
    await writeFile(join(folder, 'model.onnx'), 'half');
    expect((await faults()).sort()).toEqual([
      'MODEL_CARD.md: expected a plain file',
      'golden.json: cannot be read (there is no such file)',
      expect.stringMatching(/^model\.onnx: expected \d+ bytes, found 4$/),
    ]);
  });

  it('refuses a folder without a manifest, or with half of one', async () => {
    await writeFile(join(folder, 'manifest.json'), '{ "schemaVersion": 1, "na');
    expect(await faults()).toEqual(['manifest.json: is not valid JSON; was it written to the end?']);
    await unlink(join(folder, 'manifest.json'));
    expect(await faults()).toEqual(['manifest.json: cannot be read (there is no such file)']);
  });

  it('lists every fault of a manifest', async () => {
    await rewrite((copy) => {
      copy.task = 'regression';
      copy.labels = ['one'];
      copy.surprise = 1;
    });
    const found = (await faults()).join('\n');
    expect(found).toMatch(/task: /);
    expect(found).toMatch(/labels: /);
    expect(found).toMatch(/surprise/);
  });

  it('refuses a manifest that points outside the package', async () => {
    await rewrite((copy) => {
      copy.files = [...manifest.files, { path: '../secret', bytes: 1, sha256: 'a'.repeat(64) }];
    });
    expect(await faults()).toEqual(['../secret: expected a path inside the package, with forward slashes']);
  });

  it('wants golden inputs and a card', async () => {
    await rewrite((copy) => {
      copy.files = manifest.files.filter((file) => file.path.includes('onnx') || file.path.includes('scope'));
    });
    expect(await faults()).toEqual([
      "golden.json: expected in the manifest's files, is not listed",
      "MODEL_CARD.md: expected in the manifest's files, is not listed",
    ]);
  });
});

describe('golden inputs', () => {
  it('need one logit per label for each variant of the package', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'read-package-'));
    const { files } = await makeTinyPackage(folder); // its golden inputs have no INT8 logits
    await makeTinyPackage(folder, { int8: true });
    const whole = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as ModelManifest;
    const golden = files.find((file) => file.path === 'golden.json');
    await makeTinyPackage(folder); // puts the golden inputs without INT8 back
    const mixed = {
      ...whole,
      files: whole.files.map((file) => (file.path === 'golden.json' ? golden : file)),
    };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(mixed));
    await expect(readPackage(folder)).rejects.toThrow(
      /cases\.0\.logits\.int8: expected 2 values, received 0/,
    );
    await rm(folder, { recursive: true });
  });
});

describe('isInside', () => {
  it.each(['model.onnx', 'a/b.json', '.hidden', 'a..b'])('accepts %j', (path) => {
    expect(isInside(path)).toBe(true);
  });
  it.each(['', '/etc/passwd', '../a', 'a/../b', 'a//b', './a', 'a\\b', 'C:/a', 'a\0b'])(
    'refuses %j',
    (path) => {
      expect(isInside(path)).toBe(false);
    },
  );
});
