/**
 * Opening a model for the first time in a process, and its first run: from the model file, and from the graph that was
 * kept when it was opened before. The two take turns, each in a process of its own; medians of CPU time count, which is
 * steadier than time on a busy machine: one thread works.
 *
 *   node bench/optimised-graphs.ts [model.onnx …]
 *
 * Without files: both forms of the model that ships. Inputs are single images of 224 × 224 where the size is open.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { elementCount, openSession } from '@assay/model-runtime';

const ROUNDS = 9;

/** CPU milliseconds to open, and of the first run. */
type Times = [open: number, run: number];

/** Of this process so far, milliseconds. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function measure(model: string, kept: string | undefined): Promise<Times> {
  // The native library itself is loaded before the clock starts: it costs both the same.
  await import('onnxruntime-node');
  const began = cpuTime();
  const session = await openSession(model, kept === undefined ? {} : { optimisedGraphs: kept });
  const opened = cpuTime();
  const [input] = session.inputs;
  const shape = input!.shape.map((size, axis) => (typeof size === 'number' ? size : axis < 2 ? 1 : 224));
  const feeds = {
    [input!.name]: { type: 'float32', shape, data: new Float32Array(elementCount(shape)) },
  } as const;
  await session.run(feeds);
  const done = cpuTime();
  await session.close();
  return [opened - began, done - opened];
}

function inProcess(model: string, kept = ''): Times {
  const { stdout, status } = spawnSync(process.execPath, [import.meta.filename, '--measure', model, kept], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`Opening ${model} ended with ${status}.`);
  return JSON.parse(stdout) as Times;
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const [first, ...rest] = process.argv.slice(2);
if (first === '--measure') {
  const [model = '', kept = ''] = rest;
  process.stdout.write(JSON.stringify(await measure(model, kept === '' ? undefined : kept)));
} else {
  const shipped = 'models/ai-vs-real';
  const [version = ''] = readdirSync(shipped).filter((name) => name !== 'champion');
  const own = ['model.onnx', 'model.int8.onnx'].map((file) => join(shipped, version, file));
  for (const model of first === undefined ? own : [first, ...rest]) {
    const kept = mkdtempSync(join(tmpdir(), 'optimised-'));
    inProcess(resolve(model), kept);
    const times: [plain: Times, kept: Times][] = [];
    for (let round = 0; round < ROUNDS; round++)
      times.push([inProcess(resolve(model)), inProcess(resolve(model), kept)]);
    const of = (which: 0 | 1, part: 0 | 1) => median(times.map((pair) => pair[which][part]));
    process.stdout.write(
      `${basename(model)}: open ${of(0, 0).toFixed(1)} → ${of(1, 0).toFixed(1)} ms, first run ${of(0, 1).toFixed(1)} → ` +
        `${of(1, 1).toFixed(1)} ms, both ${((of(1, 0) + of(1, 1)) / (of(0, 0) + of(0, 1))).toFixed(2)} of before\n`,
    );
    rmSync(kept, { recursive: true, force: true });
  }
}
