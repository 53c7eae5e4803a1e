import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openEventBus } from '@assay/event-bus';
import { topicOf, type CloudEvent, type PredictionPage, type Traffic } from '@assay/schema';
import { shutDown } from '@assay/service-kit';
import { readConfig } from './config.ts';
import { start, type StartOptions } from './start.ts';

export interface DriftServiceOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly options?: StartOptions;
  /** What a service before left behind, kept when this one ends; a folder of its own where absent. */
  readonly state?: string;
}

/** What the answers hold, taken together. */
type Body = Readonly<Record<string, unknown>> & PredictionPage & Traffic;

/** Variables that keep what a service leaves behind in a folder. */
export const stateIn = (folder: string) => ({
  EVENT_BUS_URL: `sqlite:${join(folder, 'events.db')}`,
  OBJECT_STORE_URL: `file:${join(folder, 'bucket')}`,
});

/** A folder that is removed. */
export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'assay-drift-service-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The service as it is, over a bucket in a folder and an SQLite bus. */
export async function driftService({ environment = {}, options = {}, state }: DriftServiceOptions = {}) {
  const own = state === undefined ? await temporaryFolder() : undefined;
  const folder = state ?? own!.path;
  const service = await start(
    readConfig({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...stateIn(folder), ...environment }),
    options,
  );
  const { url } = service.server;
  return {
    url,
    folder,
    async get(path: string) {
      const response = await fetch(url + path);
      return { status: response.status, body: (await response.json()) as Body };
    },
    stop: () => shutDown(service),
    async [Symbol.asyncDispose]() {
      if (service.health.current.state !== 'stopping') await shutDown(service);
      await own?.[Symbol.asyncDispose]();
    },
  };
}

export type DriftService = Awaited<ReturnType<typeof driftService>>;

/** Publishes events as another process would. */
export async function publish(folder: string, ...events: CloudEvent[]): Promise<void> {
  const bus = await openEventBus(stateIn(folder).EVENT_BUS_URL);
  await Promise.all(events.map((event) => bus.publish(topicOf(event.type), event)));
  await bus.close();
}

/** Asks again and again until the answer is as wanted; the test's own time limit ends it. */
export async function until<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    await delay(50);
  }
}
