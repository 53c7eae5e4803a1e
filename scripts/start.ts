/**
 * `npm start`: brings up every service on this machine, says where they are and how to ask, and stops them together.
 * State (logs, the sample image) is kept in `.assay/`; ASSAY_PORT_BASE (8080) moves all ports.
 *
 * package.json calls it with `exec`, so that a signal to npm reaches this process and not a shell that forgets its
 * child; Windows' shell has no `exec` and takes the second half of that line.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { drawSample } from './start/draw-sample.ts';
import { builtPage } from './start/page.ts';
import { isPortFree, parsePortBase } from './start/ports.ts';
import { startService } from './start/service.ts';
import type { Service } from './start/service.ts';

/** What runs, and its distance from the port base. */
const SERVICES = [
  { name: 'frontend', portOffset: 0, entry: 'apps/frontend/server/main.ts' },
  { name: 'inference-api', portOffset: 1, entry: 'apps/inference-api/src/main.ts' },
  { name: 'drift-service', portOffset: 2, entry: 'apps/drift-service/src/main.ts' },
] as const;

const READY_TIMEOUT_MS = 60_000;

/** Requests under way may finish; then the process is ended by force. */
const STOP_GRACE_MS = 15_000;

const root = resolve(import.meta.dirname, '..');
const state = resolve(root, '.assay');

const print = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

async function start(interrupted: Promise<string>): Promise<void> {
  const portBase = parsePortBase(process.env.ASSAY_PORT_BASE);
  for (const { name, portOffset } of SERVICES) {
    const port = portBase + portOffset;
    if (await isPortFree(port)) continue;
    throw new Error(
      `Port ${port}, where ${name} would listen, is taken by another program. ` +
        `Stop that program, or move Assay: ASSAY_PORT_BASE=9080 npm start`,
    );
  }

  process.chdir(root);
  await mkdir(resolve(state, 'logs'), { recursive: true });
  const sample = resolve(state, 'sample.png');
  await writeFile(sample, drawSample(512, 384));

  const page = await builtPage({
    root,
    cache: resolve(state, 'page'),
    onBuild: () => print('Building the page …'),
  });
  const addressOf = (service: string) =>
    `http://localhost:${portBase + SERVICES.find(({ name }) => name === service)!.portOffset}`;

  const services = SERVICES.map(({ name, portOffset, entry }) =>
    startService({
      name,
      entry,
      port: portBase + portOffset,
      env: {
        PAGE_FOLDER: page,
        INFERENCE_URL: addressOf('inference-api'),
        DRIFT_URL: addressOf('drift-service'),
        // Without it glibc keeps an arena for each thread, and memory grows with the sessions.
        MALLOC_ARENA_MAX: '2',
        // Short-lived objects are collected sooner, which keeps memory lower: npm run bench -- serving.
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=4`.trim(),
        // Node keeps what it stripped and compiled: docs/adr/0001-run-from-typescript-sources.md.
        NODE_COMPILE_CACHE: resolve(state, 'compile-cache'),
      },
      logFile: resolve(state, 'logs', `${name}.log`),
      show: complain,
    }),
  );
  try {
    const ready = Promise.all(services.map((service) => service.ready(READY_TIMEOUT_MS)));
    if ((await Promise.race([ready, interrupted])) instanceof Array) {
      announce(services, sample);
      await Promise.race([interrupted, anyEnd(services)]);
    }
    print('\nStopping …');
  } finally {
    await Promise.all(services.map((service) => service.stop(STOP_GRACE_MS)));
  }
}

function announce(services: readonly Service[], sample: string): void {
  const [page, ...behind] = services;
  const api = behind.find(({ name }) => name === 'inference-api')!;
  const width = Math.max(...behind.map(({ name }) => name.length));
  print(`Assay is ready: ${page!.url}\n`);
  for (const { name, url } of behind) print(`  ${name.padEnd(width)}  ${url}/docs`);
  print(`\nAsk about the sample image, or put your own photo in its place:\n`);
  print(`  curl -F 'image=@${sample}' ${api.url}/predict\n`);
  const drift = services.find(({ name }) => name === 'drift-service')!;
  print(`See what was answered so far, or watch it come:\n`);
  print(`  curl '${drift.url}/predictions?limit=5'`);
  print(`  curl -N ${drift.url}/predictions/stream\n`);
  print(`Logs: ${resolve(state, 'logs')}\nCtrl-C stops everything.`);
}

/** @throws Error as soon as a service ends by itself */
async function anyEnd(services: readonly Service[]): Promise<never> {
  const [name, how] = await Promise.race(
    services.map(async (service) => [service.name, await service.ended] as const),
  );
  throw new Error(`${name} ended unexpectedly (${how}). Its log is in ${resolve(state, 'logs')}`);
}

const interrupted = new Promise<string>((resolveSignal) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => resolveSignal(signal));
});

try {
  await start(interrupted);
} catch (error) {
  complain(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
