import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePng } from '@assay/testing';
import { realService } from './real-service.fixture.ts';

const archive = join(__dirname, '../../../../shared/datasets/image-corpus.tar.gz');
const withCorpus = existsSync(archive) ? describe : describe.skip;

withCorpus('every file of the image corpus (needs ../shared/datasets/image-corpus.tar.gz)', () => {
  let folder: string;
  let service: Awaited<ReturnType<typeof realService>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-image-corpus-'));
    execFileSync('tar', ['-xzf', archive, '-C', folder]);
    service = await realService({ packages: [{}] });
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });

  it('gets an answer or a refusal that says why, and the service goes on', async () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());
    expect(files.length).toBeGreaterThan(50);
    const statuses = new Map<string, number>();
    for (const path of files) {
      const form = new FormData();
      form.append('file', new Blob([readFileSync(path)]), 'file');
      const response = await fetch(`${service.url}/predict`, { method: 'POST', body: form });
      const body = (await response.json()) as { detail?: string };
      statuses.set(relative(folder, path), response.status);
      if (response.status !== 200) expect(body.detail?.length).toBeGreaterThan(20);
    }
    const odd = [...statuses].filter(([, status]) => ![200, 400, 413, 415, 422].includes(status));
    expect(odd).toEqual([]);
    expect([...statuses.values()].filter((status) => status === 200).length).toBeGreaterThan(30);
    const after = await fetch(`${service.url}/predict`, {
      method: 'POST',
      body: new Uint8Array(makePng(16, 16, [200, 200, 200])),
      headers: { 'content-type': 'image/png' },
    });
    expect(await after.json()).toMatchObject({ prediction: 'bright' });
  }, 120_000);
});
