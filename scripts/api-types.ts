/**
 * `npm run api-types`: writes what the page knows of the two services' HTTP interfaces, from the OpenAPI documents that the services
 * themselves give. With `--check` nothing is written, and a difference is a failure.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { shutDown } from '../libs/service-kit/src/index.ts';

const folder = resolve(import.meta.dirname, '../apps/frontend/src/api');
const isCheck = process.argv.includes('--check');

/** Environment of a service that serves no model and remembers nothing beyond a folder. */
const environmentIn = (state: string) => ({
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'silent',
  MODEL_REGISTRY: join(state, 'registry'),
  EVENT_BUS_URL: `sqlite:${join(state, 'events.db')}`,
  OBJECT_STORE_URL: `file:${join(state, 'bucket')}`,
  PREDICTION_LOG_OUTBOX: join(state, 'outbox.db'),
});

const services = {
  async inference(state: string) {
    const { readConfig, start } = await import('../apps/inference-api/src/index.ts');
    return start(readConfig(environmentIn(state)));
  },
  async drift(state: string) {
    const { readConfig, start } = await import('../apps/drift-service/src/index.ts');
    return start(readConfig(environmentIn(state)));
  },
};

for (const [name, start] of Object.entries(services)) {
  const state = await mkdtemp(join(tmpdir(), 'assay-api-types-'));
  try {
    const service = await start(state);
    const document = (await (await fetch(`${service.server.url}/openapi.json`)).json()) as OpenAPI3;
    await shutDown(service);
    const file = join(folder, `${name}.gen.ts`);
    const types = `// Made by npm run api-types from /openapi.json.\n${astToString(await openapiTypes(document))}`;
    const text = await format(types, { ...(await resolveConfig(file)), filepath: file });
    const isCurrent = (await readFile(file, 'utf8').catch(() => '')) === text;
    if (isCheck && !isCurrent) {
      process.stderr.write(`${file} is not what ${name} says of itself: npm run api-types\n`);
      process.exitCode = 1;
    }
    if (!isCheck && !isCurrent) await writeFile(file, text);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}
