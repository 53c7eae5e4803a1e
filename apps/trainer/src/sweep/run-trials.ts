import { hasEnded, type MetricName, type TrialRecord } from '@assay/training-runs';
import type { TrainingConfig } from '../config/training-config.ts';
import type { Output } from '../output.ts';
import { settingOf, valueAt } from './check-parameters.ts';
import { isWithin, type Values } from './parameter.ts';
import { rankTrials } from './rank-trials.ts';
import type { Search } from './suggest.ts';
import type { SweepConfig } from './sweep-config.ts';
import type { SweepFolder } from './sweep-folder.ts';
import { openTrialThread } from './trial-thread.ts';

/** What the parts of a sweep share. */
export interface SweepSession {
  sweep: SweepConfig;
  /** The default configuration. */
  config: TrainingConfig;
  search: Search;
  metric: MetricName;
  folder: SweepFolder;
  output: Output;
  signal: AbortSignal;
  /** Folder for unpacked data. */
  state: string;
}

/** Runs those trials that have not ended, `parallel` at a time, until all have or the signal comes. */
export async function runTrials(session: SweepSession, trials: readonly number[]): Promise<void> {
  const { sweep, folder, output, signal } = session;
  const known = await folder.trials();
  const ended = new Set(known.filter(hasEnded).map(({ trial }) => trial));
  const queue = trials.filter((trial) => !ended.has(trial));
  if (queue.length === 0) return;
  const bar = output.progress('trials', trials.length);
  let done = trials.length - queue.length;
  bar.update(done);
  // One after the other: each is to know of those before it.
  let beginning = Promise.resolve<unknown>(undefined);
  const begin = (trial: number) => {
    const record = beginning.then(() => beginTrial(session, trial));
    beginning = record.catch(() => undefined);
    return record;
  };
  const failed = new AbortController();
  const slot = async (): Promise<void> => {
    const thread = openTrialThread(AbortSignal.any([signal, failed.signal]));
    try {
      while (!signal.aborted && !failed.signal.aborted) {
        const trial = queue.shift();
        if (trial === undefined) return;
        const record = await thread.run(orderOf(session, await begin(trial)));
        await folder.save(record);
        if (!hasEnded(record)) return;
        bar.update(++done);
        output.note(describeEnd(record, session));
      }
    } catch (error) {
      failed.abort();
      throw error;
    } finally {
      await thread.close();
    }
  };
  try {
    const slots = await Promise.allSettled(
      Array.from({ length: Math.min(sweep.parallel, queue.length) }, () => slot()),
    );
    for (const result of slots) if (result.status === 'rejected') throw result.reason;
  } finally {
    bar.stop();
  }
}

/** The record of a trial that was under way, else a new one, saved before the trial begins. */
async function beginTrial({ sweep, config, search, metric, folder }: SweepSession, trial: number) {
  const records = await folder.trials();
  const begun = records.find((record) => record.trial === trial);
  if (begun) return begun;
  const ended = rankTrials(records.filter(hasEnded), metric);
  const pending = records.filter((record) => !hasEnded(record));
  const valuesOf = ({ values }: TrialRecord) => values;
  const record: TrialRecord = {
    trial,
    values:
      trial === 0
        ? defaultValues(sweep, config)
        : search.suggest(trial, { ranked: ended.map(valuesOf), pending: pending.map(valuesOf) }),
    status: 'running',
    seen: ended.map((other) => other.trial).sort((a, b) => a - b),
    points: [],
  };
  await folder.save(record);
  return record;
}

function defaultValues({ parameters }: SweepConfig, config: TrainingConfig): Values {
  return Object.fromEntries(
    Object.entries(parameters)
      .map(([key, spec]) => [key, valueAt(config, key), spec] as const)
      .filter(([, value, spec]) => isWithin(spec, value))
      .map(([key, value]) => [key, value as Values[string]]),
  );
}

function orderOf({ sweep, folder, metric, state }: SweepSession, record: TrialRecord) {
  return {
    record,
    sweep: folder.path,
    base: sweep.base,
    settings: settingsOf(sweep, record),
    metric,
    earlyTermination: sweep.earlyTermination,
    state,
  };
}

/** What `assay train` is told besides the base. A trial has one thread, unless the sweep says otherwise. */
export function settingsOf(sweep: SweepConfig, { trial, values }: TrialRecord): string[] {
  const chosen = trial === 0 ? [] : Object.entries(values).map(([key, value]) => settingOf(key, value));
  return ['threads=1', ...sweep.settings, ...chosen];
}

function describeEnd(
  { trial, status, best, seconds, reason }: TrialRecord,
  { search, metric }: SweepSession,
) {
  const name = trial === 0 ? 'The default configuration' : `Trial ${trial}/${search.size}`;
  if (status === 'failed') return `${name} failed: ${reason}`;
  const result = best
    ? `${metric} ${best.value?.toFixed(4) ?? 'NaN'} after epoch ${best.epoch}`
    : 'no validation';
  return `${name}${status === 'stopped' ? ' was stopped early' : ''}: ${result}, ${seconds} s`;
}
