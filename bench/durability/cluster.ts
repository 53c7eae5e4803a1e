import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startService, type Service } from '../../scripts/start/service.ts';

const root = resolve(import.meta.dirname, '../..');

/** Longest that a service may take to get ready, on a machine that is busy with much else. */
const READY_MS = 120_000;

/** A real process that is started again whenever it is killed. */
export interface Member {
  readonly name: string;
  readonly url: string;
  readonly kills: number;
  /** kill -9, then a new process. @returns when that one is ready */
  killAndRestart(): Promise<void>;
  ready(): Promise<void>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  start(): void;
  /** Resident memory, MB; 0 while there is no process. */
  memoryMb(): number;
}

/** The services over one bus and one bucket, in a folder of their own. */
export interface Cluster {
  readonly folder: string;
  readonly busFile: string;
  readonly bucket: string;
  readonly api: Member;
  /** A drift-service that writes the log. */
  readonly sink: Member;
  /** A drift-service that only reads it. */
  readonly reader: Member;
  readonly members: readonly Member[];
}

export async function startCluster(registry: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-durability-'));
  const busFile = join(folder, 'events.db');
  const bucket = join(folder, 'bucket');
  const shared = {
    EVENT_BUS_URL: `sqlite:${busFile}`,
    OBJECT_STORE_URL: `file:${bucket}`,
    HOST: '127.0.0.1',
    // Refusals while a service starts are expected here.
    LOG_LEVEL: 'warn',
  };
  const make = async (name: string, app: string, env: Record<string, string>) =>
    member({ name, app, port: await freePort(), folder, env: { ...shared, ...env } });
  const api = await make('inference-api', 'inference-api', {
    MODEL_REGISTRY: registry,
    WORKERS: '1',
    PREDICTION_LOG_OUTBOX: join(folder, 'outbox.db'),
  });
  // Small objects and many: the more is being written whenever it is killed.
  const sink = await make('sink', 'drift-service', { LOG_SINK_SECONDS: '1' });
  const reader = await make('reader', 'drift-service', { LOG_SINK: 'off' });
  const members = [api, sink, reader];
  for (const one of members) one.start();
  await Promise.all(members.map((one) => one.ready()));
  return { folder, busFile, bucket, api, sink, reader, members };
}

interface MemberOptions {
  name: string;
  app: string;
  port: number;
  folder: string;
  env: Record<string, string>;
}

function member({ name, app, port, folder, env }: MemberOptions): Member {
  let service: Service | undefined;
  let kills = 0;
  let starts = 0;
  const start = () => {
    service = startService({
      name,
      entry: join(root, 'apps', app, 'src/main.ts'),
      port,
      env: { MALLOC_ARENA_MAX: '2', ...env },
      logFile: join(folder, `${name}-${starts++}.log`),
      show: () => undefined,
    });
  };
  const ready = () => service!.ready(READY_MS);
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    get kills() {
      return kills;
    },
    start,
    ready,
    async killAndRestart() {
      const { pid, ended } = service!;
      process.kill(pid, 'SIGKILL');
      await ended;
      kills++;
      start();
      await ready();
    },
    async stop() {
      await service?.stop(READY_MS);
      service = undefined;
    },
    memoryMb() {
      try {
        const status = readFileSync(`/proc/${service?.pid}/status`, 'utf8');
        return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
      } catch {
        return 0;
      }
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  while (!server.listening) await delay(1);
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
