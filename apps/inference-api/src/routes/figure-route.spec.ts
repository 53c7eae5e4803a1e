import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ModelManifest } from '@assay/schema';
import { realService } from '../real-service.fixture.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Reliability</title></svg>';

/** Adds a picture that the manifest lists, and one that it does not. */
async function addFigures(registry: string): Promise<void> {
  const folder = join(registry, 'tiny', '1.0.0');
  await mkdir(join(folder, 'figures'));
  await writeFile(join(folder, 'figures', 'reliability.svg'), svg);
  await writeFile(join(folder, 'figures', 'secret.svg'), svg);
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as ModelManifest;
  const listed = {
    path: 'figures/reliability.svg',
    bytes: svg.length,
    sha256: createHash('sha256').update(svg).digest('hex'),
  };
  await writeFile(path, JSON.stringify({ ...manifest, files: [...manifest.files, listed] }));
}

describe("the pictures of a model's card", () => {
  let service: Awaited<ReturnType<typeof realService>>;
  beforeAll(async () => {
    service = await realService({ packages: [{}], tamper: addFigures });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it('come as SVG that may style itself and nothing else', async () => {
    const response = await fetch(`${service.url}/models/tiny/figures/reliability.svg`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(svg);
  });

  it.each(['secret.svg', 'none.svg', '..%2Fmodel.onnx', '..%2F..%2F..%2Fchampion', '%2e%2e%2fgolden.json'])(
    'are those that the manifest lists: not %s',
    async (file) => {
      const response = await fetch(`${service.url}/models/tiny/figures/${file}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining('reliability.svg') });
    },
  );

  it('of a model that is not served are not there', async () => {
    expect((await fetch(`${service.url}/models/birds/figures/reliability.svg`)).status).toBe(404);
  });
});
