import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadDatasetConfig } from './dataset-config.ts';
import { fileDigest } from './file-digest.ts';

const root = resolve(__dirname, '../../../..');
const folder = join(root, 'configs/data');
const names = readdirSync(folder).map((file) => file.replace('.yaml', ''));

describe.each(names)('the description of %s', (name) => {
  const config = loadDatasetConfig(name, folder);

  it('is valid and says what it is and on what terms', () => {
    expect(config.terms.length).toBeGreaterThan(30);
    expect(config.target).toBe(`.assay/datasets/${name}`);
  });

  const archives = config.sources.flatMap((source) =>
    source.type === 'url' && source.url.startsWith('file:') && source.sha256 !== undefined
      ? [{ path: join(root, source.url.slice('file:'.length)), sha256: source.sha256 }]
      : [],
  );
  const present = archives.length > 0 && archives.every(({ path }) => existsSync(path));
  if (archives.length > 0)
    (present ? it : it.skip)('has the digest of the archive (needs ../shared/datasets)', async () => {
      for (const { path, sha256 } of archives) expect(await fileDigest(path)).toBe(sha256);
    });
});
