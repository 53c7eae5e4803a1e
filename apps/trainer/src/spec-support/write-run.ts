import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The files of a run's folder that tell of it, for a run of up to three epochs. */
export function writeRun(
  path: string,
  run: { rate: number; accuracies: readonly number[]; finished?: boolean; labels?: readonly string[] },
): void {
  const { rate, accuracies, finished = true, labels = ['a', 'b'] } = run;
  const [, day = '20261120', time = '080000'] = /-(\d{8})-(\d{6})$/.exec(basename(path)) ?? [];
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const best = Math.max(...accuracies);
  mkdirSync(join(path, 'samples'), { recursive: true });
  const write = (name: string, value: unknown) => writeFileSync(join(path, name), JSON.stringify(value));
  // JSON is YAML.
  write('config.yaml', {
    name: 'shapes',
    epochs: 3,
    optimiser: { type: 'adam' },
    schedule: { type: 'constant', learningRate: rate },
  });
  write('run.json', {
    command: `assay train shapes.yaml schedule.learningRate=${rate}`,
    startedAt: `${date}T${time.slice(0, 2)}:00:00.000Z`,
    datasetDigest: 'd'.repeat(64),
    gitCommit: 'c'.repeat(40),
  });
  write('progress.json', {
    epoch: accuracies.length,
    step: 0,
    sums: { loss: 0, right: 0, rows: 0 },
    best: { epoch: accuracies.indexOf(best) + 1, value: best, logLoss: 1, stateFile: 'best.bin' },
    stale: 0,
    seconds: 5,
    stateFile: 'state.bin',
    finished,
  });
  const lines = accuracies.map((accuracy, index) =>
    JSON.stringify({
      epoch: index + 1,
      loss: 1 / (index + 1),
      accuracy,
      learningRate: rate,
      validation: { accuracy, logLoss: 1 - accuracy, macroPrecision: accuracy, macroRecall: accuracy },
      examplesPerSecond: 100,
      seconds: index + 1,
      cpuCores: 1,
      rssBytes: 1e8,
    }),
  );
  writeFileSync(join(path, 'metrics.jsonl'), `${lines.join('\n')}\n`);
  write('confusion.json', {
    epoch: 1,
    labels,
    matrix: labels.map((_, row) => labels.map((__, at) => row + at)),
  });
  writeFileSync(join(path, 'samples', '00.jpg'), Uint8Array.of(0xff, 0xd8, 0xff, 0xd9));
  write('samples.json', {
    epoch: 1,
    samples: [
      { file: 'x.png', label: labels[0], prediction: labels[1], probability: 0.75, image: 'samples/00.jpg' },
      { file: 'y.png', label: labels[1], prediction: labels[1], probability: 0.5, image: '../../secret' },
    ],
  });
}
