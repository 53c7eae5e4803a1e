import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyPackage } from '@assay/testing';
import { openRegistry, type Registry } from './registry.ts';

describe('a registry', () => {
  let root: string;
  let registry: Registry;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'registry-'));
    registry = openRegistry(root);
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = (name: string, version: string) => registry.write(tinyPackage({ name, version }));

  it('is empty where its folder does not exist, until the first write', async () => {
    const later = openRegistry(join(root, 'deep', 'models'));
    expect(await later.names()).toEqual([]);
    await later.write(tinyPackage());
    expect(await later.names()).toEqual(['tiny']);
  });

  it('gives back what was written, checked, by version and by alias', async () => {
    const written = await write('birds', '1.0.0');
    expect(written.folder).toBe(join(root, 'birds', '1.0.0'));
    await registry.setAlias('birds', 'champion', '1.0.0');
    expect(await readFile(join(root, 'birds', 'champion'), 'utf8')).toBe('1.0.0\n');
    for (const version of [undefined, 'champion', '1.0.0']) {
      expect((await registry.resolve('birds', version)).digest).toBe(written.digest);
    }
  });

  it('lists names by letter and versions by number', async () => {
    for (const version of ['1.10.0', '1.9.0', '1.9.0-rc.1']) await write('wine', version);
    await write('birds', '1');
    await writeFile(join(root, 'README.md'), 'not a model');
    expect(await registry.names()).toEqual(['birds', 'wine']);
    expect(await registry.versions('wine')).toEqual(['1.9.0', '1.9.0-rc.1', '1.10.0']);
    expect(await registry.versions('cheese')).toEqual([]);
  });

  it('moves an alias, and knows none before it is set', async () => {
    await write('birds', '1');
    await write('birds', '2');
    expect(await registry.alias('birds', 'champion')).toBeUndefined();
    await registry.setAlias('birds', 'champion', '1');
    await registry.setAlias('birds', 'challenger', '2');
    await registry.setAlias('birds', 'champion', '2');
    expect(await registry.alias('birds', 'champion')).toBe('2');
    expect(await registry.alias('birds', 'challenger')).toBe('2');
    expect(await readdir(join(root, 'birds'))).toEqual(['1', '2', 'challenger', 'champion']);
  });

  it('promotes the challenger by its alias', async () => {
    await write('birds', '2');
    await registry.setAlias('birds', 'challenger', '2');
    await registry.setAlias('birds', 'champion', 'challenger');
    expect(await registry.alias('birds', 'champion')).toBe('2');
  });

  it('says what there is when a model, version or alias is unknown', async () => {
    await write('birds', '1');
    await expect(registry.resolve('brids')).rejects.toMatchObject({
      code: 'unknown-model',
      message: 'No model is named "brids"; there are: birds.',
    });
    await expect(registry.resolve('birds', '3')).rejects.toMatchObject({
      code: 'unknown-version',
      message: 'The model "birds" has no version "3"; there are: 1.',
    });
    await expect(registry.resolve('birds')).rejects.toMatchObject({ code: 'unknown-version' });
    await expect(registry.setAlias('birds', 'champion', '9')).rejects.toMatchObject({
      code: 'unknown-version',
    });
  });

  it.each(['../birds', '..', '/etc', 'a/b', ''])('knows no model named %j', async (name) => {
    await write('birds', '1');
    await expect(registry.resolve(name, '1')).rejects.toMatchObject({ code: 'unknown-model' });
    expect(await registry.alias(name, 'champion')).toBeUndefined();
  });

  it('never changes a version that exists', async () => {
    const { digest } = await write('tiny', '1.0.0');
    await expect(registry.write(tinyPackage({ temperature: 2 }))).rejects.toMatchObject({
      code: 'version-exists',
    });
    expect((await registry.resolve('tiny', '1.0.0')).manifest.calibration.temperature).toBe(1);
    expect((await registry.resolve('tiny', '1.0.0')).digest).toBe(digest);
    expect(await readdir(join(root, 'tiny'))).toEqual(['1.0.0']);
  });

  it('lets exactly one of several concurrent writers of a version win', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3].map((temperature) => registry.write(tinyPackage({ temperature }))),
    );
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await registry.resolve('tiny', '1.0.0');
    expect(await readdir(join(root, 'tiny'))).toEqual(['1.0.0']);
  });

  it('writes nothing of a draft with faults, and lists them', async () => {
    const { manifest, files } = tinyPackage();
    const { 'model.onnx': _, ...rest } = files;
    await expect(registry.write({ manifest, files: rest })).rejects.toThrow(
      /"model\.onnx" is used but not listed/,
    );
    await expect(registry.write({ manifest, files: { ...files, '../x': 'y' } })).rejects.toThrow(
      /\.\.\/x: is not a place/,
    );
    await expect(registry.write({ manifest: { ...manifest, version: 'champion' }, files })).rejects.toThrow(
      /alias/,
    );
    await expect(registry.write({ manifest: { ...manifest, name: '../x' }, files })).rejects.toThrow(
      /cannot name/,
    );
    await expect(registry.write({ manifest, files: { ...files, 'golden.json': '{}' } })).rejects.toThrow(
      /golden\.json/,
    );
    expect(await registry.versions('tiny')).toEqual([]);
    expect(await registry.removeUnfinished({ olderThanMs: -1 })).toEqual([]);
  });

  it('refuses a package that was moved to another name or version', async () => {
    const { folder } = await write('birds', '1');
    await cp(folder, join(root, 'birds', '2'), { recursive: true });
    await expect(registry.resolve('birds', '2')).rejects.toThrow(/speaks of birds@1, expected birds@2/);
  });

  it('refuses to promote a package that was tampered with', async () => {
    const { folder } = await write('birds', '1');
    await writeFile(join(folder, 'MODEL_CARD.md'), 'the best model');
    await expect(registry.setAlias('birds', 'champion', '1')).rejects.toMatchObject({
      code: 'invalid-package',
    });
    expect(await registry.alias('birds', 'champion')).toBeUndefined();
  });

  it('refuses an alias file that holds no version', async () => {
    await write('birds', '1');
    await writeFile(join(root, 'birds', 'champion'), '../../etc');
    await expect(registry.resolve('birds')).rejects.toThrow(/expected a version in this file/);
  });

  it('overlooks what a crashed writer left, and removes it once it is old', async () => {
    await write('birds', '1');
    const left = join(root, 'birds', '.unfinished-2-0000');
    await mkdir(left);
    await writeFile(join(left, 'model.onnx'), 'half');
    expect(await registry.versions('birds')).toEqual(['1']);
    expect(await registry.removeUnfinished()).toEqual([]);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(left, yesterday, yesterday);
    expect(await registry.removeUnfinished()).toEqual([left]);
    expect(await readdir(join(root, 'birds'))).toEqual(['1']);
  });
});
