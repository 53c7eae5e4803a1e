import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '@assay/model-registry';
import { shutDown } from '@assay/service-kit';
import { makeTinyPackage, type TinyPackageOptions } from '@assay/testing';
import { readConfig } from './config.ts';
import { start, type StartOptions } from './start.ts';

export interface RealServiceOptions {
  /** Packages of the registry; each becomes its model's champion. */
  readonly packages: readonly TinyPackageOptions[];
  /** Variables beside those that point to the registry. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly options?: StartOptions;
  /** Done to the registry's folder before the service starts. */
  tamper?(registry: string): Promise<void>;
}

/** The service as it is, over a registry of tiny models, once start-up has ended well or badly. */
export async function realService({
  packages,
  environment = {},
  options: others = {},
  tamper,
}: RealServiceOptions) {
  const state = await mkdtemp(join(tmpdir(), 'assay-inference-api-'));
  const folder = join(state, 'registry');
  await mkdir(folder);
  const registry = openRegistry(folder);
  for (const options of packages) {
    const { name = 'tiny', version = '1.0.0' } = options;
    await makeTinyPackage(join(folder, name, version), options);
    await registry.setAlias(name, 'champion', version);
  }
  await tamper?.(folder);
  const service = await start(
    readConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      WORKERS: '1',
      LOG_LEVEL: 'silent',
      DEFAULT_MODEL: 'tiny',
      MODEL_REGISTRY: folder,
      // A test asks whether the bus has an event, and not how busy its machine is.
      PREDICTION_LOG_TIMEOUT_MS: '30000',
      ...stateIn(state),
      ...environment,
    }),
    others,
  );
  await service.settled;
  return {
    url: service.server.url,
    folder,
    /** Where the event bus, the bucket and the outbox are. */
    state,
    async [Symbol.asyncDispose]() {
      await shutDown(service);
      await rm(state, { recursive: true });
    },
  };
}

/** Variables that keep what a service leaves behind in a folder. */
export function stateIn(folder: string) {
  return {
    EVENT_BUS_URL: `sqlite:${join(folder, 'events.db')}`,
    OBJECT_STORE_URL: `file:${join(folder, 'bucket')}`,
    PREDICTION_LOG_OUTBOX: join(folder, 'outbox.db'),
  };
}
