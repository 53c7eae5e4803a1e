import { existsSync } from 'node:fs';
import { parseState, serialiseState, type TrainingState } from '@assay/training';
import { AssayError } from '@assay/schema';
import { type ProgressState, progressState } from '@assay/training-runs';
import type { RunFolder } from './run-folder.ts';

const progressFile = 'progress.json';

/**
 * Saves weights under a new name, then points `progress.json` at them, then drops what nothing points at any
 * more. Each waits until the disk has what came before: whenever the machine stops, a whole checkpoint remains.
 */
export async function saveCheckpoint(
  run: RunFolder,
  progress: Omit<ProgressState, 'stateFile'>,
  state: TrainingState,
): Promise<void> {
  const stateFile = `state-${progress.epoch}-${progress.step}.bin`;
  await run.write(stateFile, serialiseState(state));
  await run.write(progressFile, `${JSON.stringify({ ...progress, stateFile }, null, 2)}\n`);
  const kept = [stateFile, progress.best?.stateFile];
  await run.remove((name) => /^(?:state|best)-.*\.bin$/.test(name) && !kept.includes(name));
}

/** Saves the weights that are the best so far. @returns The name of the file. */
export async function saveBest(run: RunFolder, epoch: number, state: TrainingState): Promise<string> {
  const stateFile = `best-${epoch}.bin`;
  await run.write(stateFile, serialiseState(state));
  return stateFile;
}

/** How far the run is; `undefined` before the first checkpoint. */
export async function readProgress(run: RunFolder): Promise<ProgressState | undefined> {
  if (!existsSync(run.file(progressFile))) return undefined;
  return progressState.parse(JSON.parse((await run.read(progressFile)).toString('utf8')));
}

/** @throws AssayError `training-failed` if the file is not there. */
export async function readState(run: RunFolder, stateFile: string): Promise<TrainingState> {
  if (!existsSync(run.file(stateFile)))
    throw new AssayError('training-failed', `The checkpoint ${run.file(stateFile)} is missing.`);
  return parseState(new Uint8Array(await run.read(stateFile)));
}
