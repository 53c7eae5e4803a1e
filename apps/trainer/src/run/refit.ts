import { join } from 'node:path';
import type { TrainingState } from '@assay/training';
import type { TrainingConfig } from '../config/training-config.ts';
import { refuseFaults } from '../data/dataset-error.ts';
import type { PreparedData } from '../data/examples.ts';
import { prepareJoined } from '../data/prepare-data.ts';
import type { SplitName } from '../data/sample.ts';
import { trackerCredentials } from '../tracking/config.ts';
import { openTracking } from '../tracking/open-tracking.ts';
import type { RunFacts } from '../tracking/tracker.ts';
import { readProgress, readState } from './checkpoint.ts';
import { createRunFolderAt } from './run-folder.ts';
import { trainLoop } from './train-loop.ts';
import { report, type TrainingSession } from './training-session.ts';

/** Weights that were trained anew on more of the data. */
export interface Refit {
  /** What they were trained on. */
  parts: readonly SplitName[];
  inputs: number;
  epochs: number;
  /** The data with those parts joined to one, prepared by what is known of all of it. */
  data: PreparedData;
  state: TrainingState;
  seconds: number;
}

const partsOf: Record<Exclude<TrainingConfig['refit'], 'none'>, readonly SplitName[]> = {
  'train+validation': ['train', 'validation'],
  all: ['train', 'validation', 'test'],
};

/**
 * Repeats the recipe of a finished run on more of the data, from the same seed for as many epochs as were found best. It has a
 * folder of its own within that of the run, and goes on from its last checkpoint.
 *
 * @param options.epochs Of the weights that were chosen.
 * @param options.state Folder for unpacked data.
 * @returns `undefined` where the run was asked to stop.
 * @throws AssayError `invalid-dataset` where the data has changed since the run began.
 */
export async function refit(
  session: TrainingSession,
  options: { epochs: number; state: string; facts: Omit<RunFacts, 'name' | 'config'> },
): Promise<Refit | undefined> {
  const { config, output } = session;
  const { epochs, facts } = options;
  if (config.refit === 'none') return undefined;
  const parts = partsOf[config.refit];
  const data = await prepareJoined(config, parts, { state: options.state, output });
  refuseFaults(
    config.data.path,
    data.digest === session.data.digest ? [] : ['its files have changed since the run began'],
  );
  const run = await createRunFolderAt(join(session.run.path, `refit-${config.refit}`));
  const note = (text: string) => report({ run, output }, text);
  const inputs = data.examples.train.classes.length;
  await report(session, `Training anew on ${inputs} inputs (${parts.join(', ')}) for ${epochs} epochs.`);
  const tracking = await openTracking(
    run,
    { ...facts, name: `refit-${config.refit}`, config },
    { trackers: [], credentials: trackerCredentials({}), epochsDone: 0, note },
  );
  let finished = false;
  try {
    const { shouldStop: _, ...rest } = session;
    const progress = await trainLoop({ ...rest, data, run, tracking, repeatEpochs: epochs });
    finished = progress.finished;
    if (!finished) return undefined;
    const { stateFile = '' } = (await readProgress(run)) ?? {};
    const state = await readState(run, stateFile);
    return { parts, inputs, epochs, data, state, seconds: progress.seconds };
  } finally {
    await tracking.end(finished ? 'finished' : 'stopped');
  }
}
