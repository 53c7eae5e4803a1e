import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../../..');

/** How far the ports of `npm start` reach from its base. */
const PORTS = 3;

/** All services of `npm start`, with a log of their own. */
export interface Started extends AsyncDisposable {
  /** Of the page. */
  readonly url: string;
}

/** Runs `npm start` on free ports with an empty prediction log. @param registry folder of model packages */
export async function startAll(
  registry: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const state = await mkdtemp(join(tmpdir(), 'assay-e2e-'));
  const base = await freePorts();
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ASSAY_PORT_BASE: String(base),
      MODEL_REGISTRY: registry,
      OBJECT_STORE_URL: `file:${join(state, 'bucket')}`,
      EVENT_BUS_URL: `sqlite:${join(state, 'events.db')}`,
      PREDICTION_LOG_OUTBOX: join(state, 'outbox.db'),
      STATE_FOLDER: join(state, 'trainer'),
      LOG_LEVEL: 'warn',
      ...environment,
    },
  });
  const ended = once(child, 'close');
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const ready = new Promise<void>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('Assay is ready')) done();
    });
    void ended.then(() => fail(new Error(`npm start ended: ${said.join('\n')}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await rm(state, { recursive: true, force: true });
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${base}`, [Symbol.asyncDispose]: stop };
}

/** The first of as many ports in a row that nobody listens on. */
async function freePorts(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all(Array.from({ length: PORTS }, (_, at) => isFree(base + at)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`Found no ${PORTS} free ports in a row.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
      .once('error', () => done(false))
      .listen(port, () => server.close(() => done(true)));
  });
}
