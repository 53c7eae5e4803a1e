import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { AssayError } from '@assay/schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { progressState, type ProgressState } from './progress-state.ts';
import { metricOf, type MetricName } from './metric.ts';
import { metricsFile, statusFile } from './run-files.ts';
import type { EpochRecord } from './epoch-record.ts';

/**
 * `interrupted`: its process is gone without a word (killed, power); like `stopped`, it can be gone on with.
 */
export type StoredRunState = 'running' | 'finished' | 'stopped' | 'failed' | 'interrupted';

/** A training run as its folder tells of it. */
export interface StoredRun {
  path: string;
  /** Of the folder. */
  name: string;
  config: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  startedAt: string;
  command: string;
  datasetDigest: string;
  gitCommit?: string | undefined;
  state: StoredRunState;
  epochs: EpochRecord[];
  /** What the best checkpoint is the best in. */
  metric: MetricName;
  best?: { epoch: number; value: number } | undefined;
}

// What comes from disk may be of another version, or damaged: no more is asked of it than is used.
const runFile = z.object({
  command: z.string(),
  startedAt: z.string(),
  datasetDigest: z.string(),
  gitCommit: z.string().optional(),
});
const configFile = z.looseObject({
  metric: z.enum(['accuracy', 'auroc', 'logLoss']).optional(),
  positiveLabel: z.string().optional(),
});
const statusRecord = z.object({
  state: z.enum(['running', 'finished', 'stopped', 'failed']),
  pid: z.int(),
  host: z.string(),
});
const epochLine = z.looseObject({
  epoch: z.number(),
  validation: z.record(z.string(), z.number().nullable()).optional(),
});

/** Whether a folder is that of a training run. */
export function isRunFolder(path: string): boolean {
  return existsSync(join(path, 'config.yaml')) && existsSync(join(path, 'run.json'));
}

/** @throws AssayError `invalid-configuration` where the folder cannot be read as a run. */
export async function readStoredRun(path: string): Promise<StoredRun> {
  try {
    const text = async (name: string) => {
      const file = join(path, name);
      return existsSync(file) ? readFile(file, 'utf8') : '';
    };
    const config = configFile.parse(parse(await text('config.yaml')));
    const { startedAt, command, datasetDigest, gitCommit } = runFile.parse(
      JSON.parse(await text('run.json')),
    );
    const saved = await text('progress.json');
    const progress = saved === '' ? undefined : progressState.parse(JSON.parse(saved));
    const { best } = progress ?? {};
    return {
      path,
      name: basename(resolve(path)),
      config,
      startedAt,
      command,
      datasetDigest,
      gitCommit,
      state: stateOf(await text(statusFile), progress),
      epochs: readEpochs(await text(metricsFile)),
      metric: metricOf(config),
      ...(best ? { best: { epoch: best.epoch, value: best.value } } : {}),
    };
  } catch (error) {
    throw new AssayError(
      'invalid-configuration',
      `${path} cannot be read as a training run: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** A last line that was cut off by a crash is left out. */
function readEpochs(text: string): EpochRecord[] {
  return text
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      try {
        return [epochLine.parse(JSON.parse(line)) as unknown as EpochRecord];
      } catch {
        return [];
      }
    });
}

function stateOf(status: string, progress: ProgressState | undefined): StoredRunState {
  if (progress?.finished === true) return 'finished';
  if (status === '') return 'interrupted';
  const { state, pid, host } = statusRecord.parse(JSON.parse(status));
  if (state !== 'running') return state === 'finished' ? 'stopped' : state;
  return host !== hostname() || isAlive(pid) ? 'running' : 'interrupted';
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
