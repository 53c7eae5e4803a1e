import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AssayError } from '@assay/schema';
import { z } from 'zod';
import { metricOf, type MetricName } from './metric.ts';
import { trialRecord, type TrialRecord } from './trial-record.ts';

/** What decides the outcome of a sweep; written when it begins. */
export const sweepFile = 'sweep.json';

/** What came of it; written anew whenever the command ends. */
export const sweepReportFile = 'report.json';

/** A sweep as its folder tells of it. */
export interface StoredSweep {
  /** Of the folder. */
  readonly name: string;
  readonly metric: MetricName;
  /** By dotted key of the configuration, in their order. */
  readonly parameters: Readonly<Record<string, StoredParameter>>;
  /** In the order of their numbers; 0 is the default configuration. */
  readonly trials: readonly TrialRecord[];
  /** Number of the best trial, and the outcome in words; once the command has ended. */
  readonly best?: number | undefined;
  readonly verdict?: string | undefined;
}

// What comes from disk may be of another version, or damaged: no more is asked of it than is used.
const storedParameter = z.looseObject({ type: z.string(), log: z.boolean().optional() });
export type StoredParameter = z.output<typeof storedParameter>;

const definition = z.looseObject({
  config: z.looseObject({
    metric: z.enum(['accuracy', 'auroc', 'logLoss']).optional(),
    positiveLabel: z.string().optional(),
  }),
  parameters: z.record(z.string(), storedParameter),
});

const report = z.looseObject({ best: z.int().nullable(), verdict: z.string() });

/** Whether a folder is that of a sweep. */
export function isSweepFolder(path: string): boolean {
  return existsSync(join(path, sweepFile));
}

/** @throws AssayError `invalid-configuration` where the folder cannot be read as a sweep. */
export async function readStoredSweep(path: string): Promise<StoredSweep> {
  const json = async (...names: string[]): Promise<unknown> =>
    JSON.parse(await readFile(join(path, ...names), 'utf8'));
  try {
    const { config, parameters } = definition.parse(await json(sweepFile));
    const trials = join(path, 'trials');
    const files = existsSync(trials) ? (await readdir(trials)).filter((name) => name.endsWith('.json')) : [];
    const read = await Promise.all(files.map(async (file) => trialRecord.parse(await json('trials', file))));
    const found = existsSync(join(path, sweepReportFile))
      ? report.parse(await json(sweepReportFile))
      : undefined;
    return {
      name: basename(resolve(path)),
      metric: metricOf(config),
      parameters,
      trials: read.sort((first, second) => first.trial - second.trial),
      ...(found === undefined ? {} : { best: found.best ?? undefined, verdict: found.verdict }),
    };
  } catch (error) {
    throw new AssayError(
      'invalid-configuration',
      `${path} cannot be read as a sweep: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
