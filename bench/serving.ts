/**
 * What serving costs beyond the work itself, in one run:
 *   node bench/serving.ts [--registry models] [--model NAME] [--requests 10000] [--image FILE]
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { openRegistry } from '@assay/model-registry';
import { prepareLoad, type Load } from './serving/load.ts';
import { syntheticPhoto } from './serving/photo.ts';
import { openRawCost } from './serving/raw-cost.ts';
import { startServer } from './serving/server-process.ts';

const { values } = parseArgs({
  options: {
    registry: { type: 'string', default: 'models' },
    model: { type: 'string' },
    requests: { type: 'string', default: '10000' },
    image: { type: 'string' },
  },
});

/** In flight under full load: every worker busy and as many waiting as a queue should hold. */
const FULL_LOAD = 4 * cpus().length;
/** Answers per side and round of the CPU comparison; the sides take turns, so that both meet the same machine. */
const PER_ROUND = 100;
const ROUNDS = 5;
/** Answers until the compiler has seen all of the way, per side. */
const WARM_UP = 400;

const median = (numbers: readonly number[]) => quantile(numbers, 0.5);

function quantile(numbers: readonly number[], q: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function report(what: string, figure: string, target?: { text: string; met: boolean }): void {
  const verdict = target === undefined ? '' : `${target.text.padEnd(12)} ${target.met ? 'met' : 'MISSED'}`;
  process.stdout.write(`${what.padEnd(52)} ${figure.padStart(12)}   ${verdict}\n`);
}

async function liveLatencies(port: number, load: () => Promise<unknown>): Promise<number[]> {
  const probe = new Worker(new URL('./serving/live-probe.worker.ts', import.meta.url), {
    workerData: { port, everyMs: 5 },
  });
  const latencies = new Promise<number[]>((resolve, reject) =>
    probe.once('message', resolve).once('error', reject),
  );
  await load();
  probe.postMessage('stop');
  return latencies;
}

async function compareCpu(load: Load, cpuMs: () => number, raw: { measure(count: number): Promise<number> }) {
  await load.send(WARM_UP, 1);
  await raw.measure(WARM_UP);
  const rounds: { served: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = cpuMs();
    await load.send(PER_ROUND, 1);
    rounds.push({ served: (cpuMs() - before) / PER_ROUND, bare: (await raw.measure(PER_ROUND)) / PER_ROUND });
  }
  return {
    served: median(rounds.map((round) => round.served)),
    bare: median(rounds.map((round) => round.bare)),
    ratio: median(rounds.map((round) => round.served / round.bare)),
  };
}

/** What remembering adds to an answer: two services take turns, one of them remembers nothing. */
async function compareLogging(load: Load): Promise<{ with: number; without: number }> {
  const silent = await startServer(values.registry, { ...environment, PREDICTION_LOG_DELIVERY: 'none' });
  const bare = prepareLoad(silent.port, image);
  await load.send(WARM_UP, 1);
  await bare.send(WARM_UP, 1);
  const times: { with: number[]; without: number[] } = { with: [], without: [] };
  for (let round = 0; round < 2 * ROUNDS; round++) {
    times.with.push(...(await load.latencies(PER_ROUND)));
    times.without.push(...(await bare.latencies(PER_ROUND)));
  }
  bare.close();
  await silent.stop();
  return { with: median(times.with), without: median(times.without) };
}

const registry = openRegistry(values.registry);
const name = values.model ?? (await registry.names())[0];
if (name === undefined) throw new Error(`there is no model in ${values.registry}`);
const requests = Number(values.requests);
const image = values.image === undefined ? await syntheticPhoto(640, 480) : readFileSync(values.image);
const environment = { DEFAULT_MODEL: name };

process.stdout.write(
  `${name}, image of ${(image.length / 1024).toFixed(0)} KiB, ${cpus().length} processors\n\n`,
);

const starts: number[] = [];
for (let i = 0; i < 5; i++) {
  const started = await startServer(values.registry, environment);
  starts.push(started.startMs);
  await started.stop();
}
const start = median(starts) / 1000;
report('start to ready, median of 5', `${start.toFixed(2)} s`, { text: '< 1.0 s', met: start < 1 });

const server = await startServer(values.registry, environment);
const load = prepareLoad(server.port, image);
const raw = await openRawCost(await registry.resolve(name), image);

const { served, bare, ratio } = await compareCpu(load, server.cpuMs, raw);
report('CPU of decode + preprocess + session', `${bare.toFixed(2)} ms`);
report('CPU of /predict', `${served.toFixed(2)} ms`);
report('  ratio, median of 5 rounds that take turns', ratio.toFixed(3), {
  text: '<= 1.15',
  met: ratio <= 1.15,
});
await raw.close();

let sent = WARM_UP + ROUNDS * PER_ROUND;
await load.send(Math.max(0, 1000 - sent), FULL_LOAD);
sent = Math.max(sent, 1000);
const early = server.memoryMb();
report(`resident memory after ${sent} requests`, `${early.now.toFixed(0)} MB`, {
  text: '<= 350 MB',
  met: early.peak <= 350,
});

const half = Math.max(1, Math.floor((requests - sent) / 2));
let perSecond = 0;
let middle = early;
const latencies = await liveLatencies(server.port, async () => {
  await load.send(half, FULL_LOAD);
  middle = server.memoryMb();
  perSecond = await load.send(half, FULL_LOAD);
});
sent += 2 * half;
const late = server.memoryMb();
report(`/predict at ${FULL_LOAD} in flight`, `${perSecond.toFixed(0)} /s`);
report('/live under that load, median', `${median(latencies).toFixed(1)} ms`);
const p99 = quantile(latencies, 0.99);
report(`/live under that load, p99 of ${latencies.length}`, `${p99.toFixed(1)} ms`, {
  text: '< 20 ms',
  met: p99 < 20,
});
report(`resident memory after ${sent} requests`, `${late.now.toFixed(0)} MB`, {
  text: '<= 350 MB',
  met: late.peak <= 350,
});
// What is loaded and compiled on the way shows in the first half; a leak shows in both.
const growth = late.now - middle.now;
report('  growth in the second half of them', `${growth.toFixed(0)} MB`, {
  text: '<= 10 MB',
  met: growth <= 10,
});

const logging = await compareLogging(load);
const added = logging.with - logging.without;
report('/predict alone, median, nothing remembered', `${logging.without.toFixed(2)} ms`);
report('  and with the prediction log', `${logging.with.toFixed(2)} ms`);
report('  difference', `${added.toFixed(2)} ms`, { text: '<= 3 ms', met: added <= 3 });

load.close();
await server.stop();
