import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { realService } from '../real-service.fixture.ts';

/** Beside 1.0.0, which is served: an older version, and a newer one that might be next. */
async function addVersions(registry: string): Promise<void> {
  for (const version of ['0.9.0', '1.10.0']) await mkdir(join(registry, 'tiny', version));
  await writeFile(join(registry, 'tiny', 'challenger'), '1.10.0\n');
}

describe('the versions of a model', () => {
  let service: Awaited<ReturnType<typeof realService>>;
  beforeAll(async () => {
    service = await realService({ packages: [{}], tamper: addVersions });
  });
  afterAll(() => service[Symbol.asyncDispose]());

  it('are those of the registry, the oldest first, with what stands for them and what answers', async () => {
    const response = await fetch(`${service.url}/models/tiny/versions`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      versions: [
        { version: '0.9.0', aliases: [], served: false },
        { version: '1.0.0', aliases: ['champion'], served: true },
        { version: '1.10.0', aliases: ['challenger'], served: false },
      ],
    });
  });

  it('of a model that is not served are not there', async () => {
    expect((await fetch(`${service.url}/models/birds/versions`)).status).toBe(404);
  });
});
