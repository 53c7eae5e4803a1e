import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPackage } from '@assay/model-registry';
import { encodeImage } from '@assay/preprocessing';
import { openClassifier } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { isTrained } from '@assay/schema';
import { recordingOutput, type Output } from '../output.ts';
import { evaluate } from './evaluate.ts';
import { predict } from './predict.ts';
import { train } from './train.ts';

const side = 12;
const folder = mkdtempSync(join(tmpdir(), 'assay-train-'));

beforeAll(async () => {
  await paintSquares(join(folder, 'squares'), 30);
  writeFileSync(join(folder, 'squares.yaml'), squaresConfig());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Noisy squares, mostly red or mostly blue. */
async function paintSquares(root: string, count: number): Promise<void> {
  const random = seededRandom('squares');
  for (const [label, strong] of [
    ['blue', 2],
    ['red', 0],
  ] as const) {
    mkdirSync(join(root, label), { recursive: true });
    for (let index = 0; index < count; index++) {
      const data = Uint8Array.from({ length: side * side * 3 }, (_, at) =>
        Math.max(0, Math.min(255, (at % 3 === strong ? 170 : 90) + 40 * random.normal())),
      );
      const png = await encodeImage({ width: side, height: side, channels: 3, data }, 'png');
      writeFileSync(join(root, label, `${index}.png`), png);
    }
  }
}

function squaresConfig(): string {
  return JSON.stringify({
    name: 'squares',
    description: 'Tells red squares from blue ones.',
    positiveLabel: 'red',
    data: { reader: 'folders', path: join(folder, 'squares') },
    split: { validation: 0.2, test: 0.2 },
    preprocessing: {
      kind: 'image',
      resize: { mode: 'none' },
      crop: { mode: 'none' },
      normalise: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
    view: {
      width: 8,
      height: 8,
      augmentations: [{ type: 'crop', width: 8, height: 8 }, { type: 'flip' }],
      mixup: { probability: 0.3, alpha: 0.2 },
    },
    network: {
      layers: [
        { type: 'conv', channels: 4 },
        { type: 'batch-norm' },
        { type: 'relu' },
        { type: 'global-average-pool' },
        { type: 'dropout', rate: 0.1 },
        { type: 'linear', units: '$labels' },
      ],
    },
    optimiser: { type: 'adamw' },
    schedule: { type: 'cosine', learningRate: 0.03 },
    ema: { decay: 0.8 },
    epochs: 5,
    batchSize: 8,
    threads: 1,
    registry: join(folder, 'registry'),
  });
}

function run(
  settings: string[],
  options: { state: string; pack?: boolean; resume?: string; output?: Output; signal?: AbortSignal },
) {
  return train(
    {
      ...(options.resume === undefined
        ? { config: join(folder, 'squares.yaml') }
        : { resume: options.resume }),
      settings,
      pack: options.pack ?? false,
      state: join(folder, options.state),
    },
    { output: options.output ?? recordingOutput(), signal: options.signal ?? new AbortController().signal },
  );
}

/** An output that keeps what is said, and a signal that comes when so many training steps are done. */
function interrupted(steps: number) {
  const stop = new AbortController();
  const output = {
    ...recordingOutput(),
    // The bar is told of every step.
    progress: (title: string) => ({
      update: (done: number) => {
        if (title === 'training' && done === steps) stop.abort();
      },
      stop: () => undefined,
    }),
  };
  return { output, signal: stop.signal };
}

/** The weights and the metrics of a finished run, without the times. */
function outcome(path: string) {
  const progress = JSON.parse(readFileSync(join(path, 'progress.json'), 'utf8')) as {
    stateFile: string;
    best: { stateFile: string; epoch: number };
  };
  const metrics = readFileSync(join(path, 'metrics.jsonl'), 'utf8').trim().split('\n');
  return {
    last: readFileSync(join(path, progress.stateFile)).toString('base64'),
    best: readFileSync(join(path, progress.best.stateFile)).toString('base64'),
    bestEpoch: progress.best.epoch,
    metrics: metrics.map((line) => {
      const { epoch, loss, accuracy, validation } = JSON.parse(line) as Record<string, unknown>;
      return { epoch, loss, accuracy, validation };
    }),
  };
}

describe('training', () => {
  it('goes from a folder to a package that answers rightly', async () => {
    const output = recordingOutput();
    const result = await run([], { state: 'whole', pack: true, output });
    expect(result.finished).toBe(true);
    const model = await readPackage(result.package ?? '');
    expect(model.manifest).toMatchObject({ name: 'squares', labels: ['blue', 'red'], positiveLabel: 'red' });
    if (!isTrained(model.manifest)) throw new Error('Expected the package of a training run.');
    expect(model.manifest.metrics.accuracy).toBe(1);
    expect(model.manifest.metrics.auroc).toBe(1);
    expect(model.manifest.provenance).toMatchObject({
      command: `assay train ${join(folder, 'squares.yaml')}`,
      seed: 1,
      dataset: { name: 'squares', counts: { train: { blue: 18, red: 18 }, test: { blue: 6, red: 6 } } },
    });
    expect(Object.keys(model.manifest.variants)).toEqual(['fp32', 'int8']);

    const card = await model.card();
    for (const part of [
      '# squares',
      'Tells red squares',
      '| auroc |',
      'assay train',
      model.manifest.provenance.dataset.digest,
    ])
      expect(card).toContain(part);

    const classifier = await openClassifier(model);
    await classifier.checkGolden();
    await classifier.close();

    const registries = [join(folder, 'registry')];
    const answers = recordingOutput();
    const files = ['red', 'blue'].map((label) => join(folder, 'squares', label, '0.png'));
    const request = { model: 'squares', registries, top: 1, json: true };
    expect(await predict({ ...request, files }, answers)).toBe(true);
    expect(answers.lines.map((line) => (JSON.parse(line) as { prediction: string }).prediction)).toEqual([
      'red',
      'blue',
    ]);
    expect(await predict({ ...request, files: ['none.png', files[0]!] }, answers)).toBe(false);
    expect(answers.lines).toHaveLength(4);

    const measured = await evaluate(
      {
        model: `squares@${model.version}`,
        data: join(folder, 'squares'),
        registries,
        constants: {},
        seed: 1,
        json: true,
        state: folder,
      },
      answers,
    );
    expect(measured.rows).toBe(60);
    expect(measured.metrics.accuracy).toBe(1);
  });

  it('gives the same weights for the same seed and others for another', async () => {
    const [first, second, other] = [
      await run([], { state: 'seed-a' }),
      await run([], { state: 'seed-b' }),
      await run(['seed=2'], { state: 'seed-c' }),
    ];
    expect(outcome(second.run)).toEqual(outcome(first.run));
    expect(outcome(other.run).last).not.toBe(outcome(first.run).last);
  });

  it('stopped in the middle of an epoch and resumed, ends bit for bit where it would have without', async () => {
    const uninterrupted = await run([], { state: 'smooth' });
    const { output, signal } = interrupted(6);
    const stopped = await run([], { state: 'rough', output, signal });
    expect(stopped.finished).toBe(false);
    expect(JSON.parse(readFileSync(join(stopped.run, 'progress.json'), 'utf8'))).toMatchObject({
      epoch: 1,
      step: 2,
    });
    expect(output.notes.at(-1)).toContain(`--resume ${stopped.run}`);
    const resumed = await run([], { state: 'rough', resume: stopped.run });
    expect(resumed).toEqual({ run: stopped.run, finished: true });
    expect(outcome(resumed.run)).toEqual(outcome(uninterrupted.run));
    expect(readdirSync(resumed.run).filter((name) => name.endsWith('.bin'))).toHaveLength(2);
  });

  it('trains replicas on the parts of each batch, and resumes them bit for bit', async () => {
    const settings = ['dataParallel=2', 'epochs=3'];
    const whole = await run(settings, { state: 'replicas' });
    const stopped = await run(settings, { state: 'replicas-stopped', ...interrupted(6) });
    expect(stopped.finished).toBe(false);
    const resumed = await run([], { state: 'replicas-stopped', resume: stopped.run });
    expect(outcome(resumed.run)).toEqual(outcome(whole.run));
    await expect(run(['dataParallel=3'], { state: 'replicas' })).rejects.toThrow(
      'dataParallel (the command line): expected a divisor of batchSize, 8',
    );
  });

  it('stops early when validation gets no better', async () => {
    const output = recordingOutput();
    const result = await run(['epochs=40', 'earlyStopping.patience=2', 'schedule.learningRate=1e-9'], {
      state: 'early',
      output,
    });
    const { metrics, bestEpoch } = outcome(result.run);
    expect(metrics).toHaveLength(bestEpoch + 2);
    expect(output.notes.at(-1)).toContain('Stopping early');
  });

  it('can start from the weights of another run', async () => {
    const source = await run(['epochs=2'], { state: 'source' });
    const output = recordingOutput();
    await run([`pretrain.from=${source.run}`, 'epochs=1'], { state: 'tuned', output });
    expect(output.notes.join('\n')).toMatch(/Starting from \d+ tensors of /);
  });

  it('only lets a resumed run change what comes after training, and packs it under the commit it began with', async () => {
    const finished = await run(['epochs=1'], { state: 'frozen' });
    await expect(run(['epochs=9'], { state: 'frozen', resume: finished.run })).rejects.toThrow(
      'can only change what comes after training',
    );
    // As if other sources had been checked out in the meantime.
    const factsFile = join(finished.run, 'run.json');
    const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as Record<string, unknown>;
    const gitCommit = 'c0ffee'.padEnd(40, '0');
    writeFileSync(factsFile, JSON.stringify({ ...facts, gitCommit }));
    const packed = await run(['version=1.2.3', 'int8=null'], {
      state: 'frozen',
      resume: finished.run,
      pack: true,
    });
    const { manifest, folder: written } = await readPackage(packed.package ?? '');
    expect(existsSync(join(written, 'model.int8.onnx'))).toBe(false);
    expect(manifest.provenance).toMatchObject({ gitCommit, startedAt: facts.startedAt });
    await expect(run(['version=1.2.3'], { state: 'taken', pack: true })).rejects.toThrow(
      'has squares@1.2.3 already',
    );
  });
});

describe('a data set with faults', () => {
  it('is refused with every fault and its path, before any training', async () => {
    const root = join(folder, 'faulty');
    await paintSquares(root, 6);
    writeFileSync(join(root, 'red', 'broken.png'), 'not an image');
    writeFileSync(join(root, 'blue', 'empty.png'), '');
    mkdirSync(join(root, 'green'));
    const attempt = run([`data.path=${root}`], { state: 'faulty' });
    await expect(attempt).rejects.toMatchObject({ code: 'invalid-dataset' });
    await expect(attempt).rejects.toThrow(
      new RegExp(
        ['green: the folder of class "green" is empty', 'empty.png: the file is empty', 'broken.png: '].join(
          '[^]*',
        ),
      ),
    );
  });
});
