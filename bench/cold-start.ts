/**
 * Cold start of inference-api, from the start of the process to the first 200 of `/ready`: TypeScript sources, which
 * Node strips, against one file bundled by esbuild. Both run alternately in one run; the ratio is the result.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROUNDS = 15;
const PORT = 18_481;
const POLL_INTERVAL_MS = 2;

const root = resolve(import.meta.dirname, '..');
const app = join(root, 'apps/inference-api');
const bundleFolder = join(root, '.assay/bench/cold-start');

/** Packages with native code or files of their own stay outside a bundle. */
const EXTERNAL = ['onnxruntime-node', 'sharp', 'swagger-ui-dist'];

/**
 * Bundles the service. Worker modules are started by URL, which a bundler does not follow: each becomes a bundle of
 * its own, under the name that the URL asks for, beside the main one.
 */
async function bundle(): Promise<string> {
  await rm(bundleFolder, { recursive: true, force: true });
  await mkdir(bundleFolder, { recursive: true });
  const files = await readdir(join(root, 'libs'), { recursive: true });
  const workers = files.filter((file) => file.endsWith('.worker.ts') && !file.includes('node_modules'));
  const options = {
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: EXTERNAL,
    // CommonJS dependencies inside an ES module still call require().
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    logLevel: 'error',
  } as const;
  const main = join(bundleFolder, 'main.mjs');
  await build({ ...options, entryPoints: [join(app, 'src/main.ts')], outfile: main });
  for (const worker of workers) {
    const name = worker.slice(worker.lastIndexOf('/') + 1);
    await build({ ...options, entryPoints: [join(root, 'libs', worker)], outfile: join(bundleFolder, name) });
  }
  return main;
}

/** Milliseconds from spawn to the first 200 of /ready. */
async function coldStart(entry: string): Promise<number> {
  const begin = performance.now();
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(child, 'exit');
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${entry} ended with ${child.exitCode} before it was ready`);
    await new Promise((wake) => setTimeout(wake, POLL_INTERVAL_MS));
  }
  const elapsed = performance.now() - begin;
  child.kill('SIGTERM');
  await exit;
  return elapsed;
}

async function isReady(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${PORT}/ready`).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status === 200;
    },
    () => false,
  );
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const entries = { sources: join(app, 'src/main.ts'), bundle: await bundle() };
const times = { sources: [] as number[], bundle: [] as number[] };
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const kind of ['sources', 'bundle'] as const) {
    const elapsed = await coldStart(entries[kind]);
    if (round > 0) times[kind].push(elapsed); // the first round only fills the file cache
  }
}
for (const kind of ['sources', 'bundle'] as const) {
  const [fastest, middle] = [Math.min(...times[kind]), median(times[kind])];
  console.log(
    `${kind.padEnd(8)} median ${middle.toFixed(0)} ms, fastest ${fastest.toFixed(0)} ms of ${ROUNDS}`,
  );
}
console.log(`sources / bundle: ${(median(times.sources) / median(times.bundle)).toFixed(2)} (medians)`);
