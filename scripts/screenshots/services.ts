import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPage } from '../start/page.ts';
import { isPortFree } from '../start/ports.ts';
import { startService } from '../start/service.ts';

/** A busy machine loads five models. */
const READY_TIMEOUT_MS = 900_000;
const STOP_GRACE_MS = 15_000;

/** Everything that `npm start` starts, with a log of its own. */
export interface Services extends AsyncDisposable {
  /** Of the page. */
  readonly url: string;
  /** URL of the event bus. */
  readonly bus: string;
}

/** Starts the services on free ports over the models that ship. @param root the repository's */
export async function startServices(root: string): Promise<Services> {
  const state = await mkdtemp(join(tmpdir(), 'assay-screenshots-'));
  const bus = `sqlite:${join(state, 'events.db')}`;
  const base = await freeBase();
  const page = await builtPage({ root, cache: join(root, '.assay/page') });
  await mkdir(join(state, 'logs'));
  const entries = {
    frontend: 'apps/frontend/server/main.ts',
    'inference-api': 'apps/inference-api/src/main.ts',
    'drift-service': 'apps/drift-service/src/main.ts',
  };
  const services = Object.entries(entries).map(([name, entry], at) =>
    startService({
      name,
      entry: join(root, entry),
      port: base + at,
      env: {
        PAGE_FOLDER: page,
        INFERENCE_URL: `http://localhost:${base + 1}`,
        DRIFT_URL: `http://localhost:${base + 2}`,
        MODEL_REGISTRY: join(root, 'models'),
        STATE_FOLDER: join(root, '.assay'),
        OBJECT_STORE_URL: `file:${join(state, 'bucket')}`,
        EVENT_BUS_URL: bus,
        PREDICTION_LOG_OUTBOX: join(state, 'outbox.db'),
        LOG_LEVEL: 'warn',
      },
      logFile: join(state, 'logs', `${name}.log`),
      show: (line) => process.stderr.write(`${line}\n`),
    }),
  );
  const stop = async () => {
    await Promise.all(services.map((service) => service.stop(STOP_GRACE_MS)));
    await rm(state, { recursive: true, force: true });
  };
  try {
    await Promise.all(services.map((service) => service.ready(READY_TIMEOUT_MS)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: services[0]!.url, bus, [Symbol.asyncDispose]: stop };
}

/** A port from which on three are free. */
async function freeBase(): Promise<number> {
  for (let base = 18_080; base < 19_080; base += 10) {
    const free = await Promise.all([base, base + 1, base + 2].map((port) => isPortFree(port)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('No three ports in a row are free between 18080 and 19080.');
}
