import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What {@link writeTrainerState} leaves. */
export const RUNS = ['wine-20261120-080000', 'wine-20261119-080000'] as const;

/** Leaves two runs and a sweep in a folder, as the trainer does; a setting of one run is somebody's who means harm. */
export async function writeTrainerState(folder: string, attack: string): Promise<void> {
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  for (const [at, id] of RUNS.entries()) {
    await write(
      `runs/${id}/config.yaml`,
      `epochs: 4\noptimiser: { type: ${at === 0 ? 'adam' : JSON.stringify(attack)} }\n`,
    );
    await write(
      `runs/${id}/run.json`,
      JSON.stringify({
        command: 'assay train',
        startedAt: `2026-11-${20 - at}T08:00:00Z`,
        datasetDigest: 'd',
      }),
    );
    const epochs = [1, 2, 3, 4].map((epoch) =>
      JSON.stringify({
        epoch,
        loss: 1 / epoch,
        accuracy: 1 - 0.4 / epoch,
        learningRate: 0.1,
        seconds: 1.5,
        validation: { accuracy: 0.9 - (0.4 + at / 10) / epoch, auroc: 0.9, logLoss: 0.3 + 0.2 / epoch },
      }),
    );
    await write(`runs/${id}/metrics.jsonl`, `${epochs.join('\n')}\n`);
  }
  await write(
    'sweeps/wine/sweep.json',
    JSON.stringify({
      config: { positiveLabel: 'good' },
      parameters: {
        rate: { type: 'log-uniform', from: 0.1, to: 1 },
        width: { type: 'choice', values: [16, 32] },
      },
    }),
  );
  for (const [trial, rate] of [0.2, 0.4, 0.8].entries())
    await write(
      `sweeps/wine/trials/trial-00${trial}.json`,
      JSON.stringify({
        trial,
        values: trial === 0 ? {} : { rate, width: 32 },
        status: 'finished',
        seen: [],
        best: { epoch: 4, value: 0.7 + trial / 20, logLoss: 0.5 },
        seconds: 9,
      }),
    );
}
