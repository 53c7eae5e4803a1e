/**
 * Cold start of inference-api, to the first 200 of `/ready`: TypeScript sources against a bundle. Node strips the types
 * of the sources, with and without its compile cache; esbuild makes the bundle. The three run in turn, in one run: their
 * ratios are the result. CPU time (Linux only) is the steadier figure on a busy machine.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROUNDS = 10;
const PORT = 18_481;
const POLL_INTERVAL_MS = 2;

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

const root = resolve(import.meta.dirname, '..');
const app = join(root, 'apps/inference-api');
const benchFolder = join(root, '.assay/bench/cold-start');
const bundleFolder = join(benchFolder, 'bundle');

/** Packages with native code or files of their own stay outside a bundle. */
const EXTERNAL = ['onnxruntime-node', 'sharp', 'swagger-ui-dist'];

/**
 * Bundles the service. Worker modules are started by URL, which a bundler does not follow: each becomes a bundle of
 * its own, under the name that the URL asks for, beside the main one.
 */
async function bundle(): Promise<string> {
  await rm(benchFolder, { recursive: true, force: true });
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

interface Variant {
  entry: string;
  env: Record<string, string>;
}

interface Start {
  /** From spawn to the first 200 of /ready, milliseconds. */
  wallMs: number;
  /** User and system time of all threads by then, milliseconds; NaN where the system has no /proc. */
  cpuMs: number;
}

async function coldStart({ entry, env }: Variant): Promise<Start> {
  const begin = performance.now();
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: { ...process.env, ...env, PORT: String(PORT) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(child, 'exit');
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${entry} ended with ${child.exitCode} before it was ready`);
    await new Promise((wake) => setTimeout(wake, POLL_INTERVAL_MS));
  }
  const start = { wallMs: performance.now() - begin, cpuMs: cpuTime(child.pid!) };
  child.kill('SIGTERM');
  await exit;
  return start;
}

function cpuTime(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  // The second field, the program's name, may hold spaces: count after its closing bracket (man 5 proc_pid_stat).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
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

const main = join(app, 'src/main.ts');
const variants: Record<string, Variant> = {
  sources: { entry: main, env: {} },
  'sources, compile cache': { entry: main, env: { NODE_COMPILE_CACHE: join(benchFolder, 'compile-cache') } },
  bundle: { entry: await bundle(), env: {} },
};
const starts: Record<string, Start[]> = {};
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, variant] of Object.entries(variants)) {
    const start = await coldStart(variant);
    if (round > 0) (starts[name] ??= []).push(start); // the first round only fills caches
  }
}

const figures = Object.entries(starts).map(([name, all]) => ({
  name,
  wall: median(all.map(({ wallMs }) => wallMs)),
  fastest: Math.min(...all.map(({ wallMs }) => wallMs)),
  cpu: median(all.map(({ cpuMs }) => cpuMs)),
}));
const reference = figures.at(-1)!;
for (const { name, wall, fastest, cpu } of figures) {
  console.log(
    `${name.padEnd(22)}  median ${wall.toFixed(0)} ms (${(wall / reference.wall).toFixed(2)}× bundle), ` +
      `fastest ${fastest.toFixed(0)} ms, CPU ${cpu.toFixed(0)} ms (${(cpu / reference.cpu).toFixed(2)}×), n = ${ROUNDS}`,
  );
}
