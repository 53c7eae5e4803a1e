import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** The real service in a process of its own, as the operating system sees it. */
export interface ServerProcess {
  readonly port: number;
  /** From spawning to the first 200 of `/ready`, milliseconds. */
  readonly startMs: number;
  /** CPU time of all its threads so far, milliseconds, in steps of ten. */
  cpuMs(): number;
  /** Resident memory now and at its peak, MB. */
  memoryMb(): { now: number; peak: number };
  stop(): Promise<void>;
}

/**
 * Starts the inference API on a free port and waits until it is ready. What it remembers goes into a folder of its own that is removed
 * when it stops.
 *
 * @throws Error with the service's own words where it does not get ready
 */
export async function startServer(
  registry: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const state = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [new URL('../../apps/inference-api/src/main.ts', import.meta.url).pathname],
    {
      // As `npm start` and the image set it.
      env: {
        ...process.env,
        MALLOC_ARENA_MAX: '2',
        NODE_OPTIONS: '--max-semi-space-size=4',
        NODE_COMPILE_CACHE: new URL('../../.assay/compile-cache', import.meta.url).pathname,
        HOST: '127.0.0.1',
        PORT: '0',
        MODEL_REGISTRY: registry,
        EVENT_BUS_URL: `sqlite:${join(state, 'events.db')}`,
        OBJECT_STORE_URL: `file:${join(state, 'bucket')}`,
        PREDICTION_LOG_OUTBOX: join(state, 'outbox.db'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const pid = child.pid ?? Number.NaN;
  const port = await untilReady(child);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/ready' }, (answer) => resolve(answer.resume().statusCode)).on(
      'error',
      reject,
    );
  });
  if (status !== 200) throw new Error(`/ready answers ${status}`);
  const startMs = performance.now() - begin;
  return {
    port,
    startMs,
    cpuMs() {
      // The second field, the program's name, may hold spaces: count after its closing bracket.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    memoryMb() {
      const lines = readFileSync(`/proc/${pid}/status`, 'utf8');
      const mb = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(lines)?.[1]) / 1024;
      return { now: mb('VmRSS'), peak: mb('VmHWM') };
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** Reads the log until it says that the service is ready; goes on reading, so that the pipe never fills. */
function untilReady(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let port = Number.NaN;
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    if (child.stdout === null) {
      reject(new Error('the service has no output'));
      return;
    }
    createInterface(child.stdout).on('line', (text) => {
      const line = JSON.parse(text) as { message: string; port?: number };
      port = line.port ?? port;
      if (line.message.startsWith('ready ')) resolve(port);
      if (line.message === 'not ready') reject(new Error(`the service is not ready: ${text}`));
    });
  });
}
