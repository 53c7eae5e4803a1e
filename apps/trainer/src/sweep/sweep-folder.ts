import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';
import { sweepFile, trialRecord, type TrialRecord } from '@assay/training-runs';

/** The folder of a sweep: a file for each trial, and their runs. Machines that share it share the sweep. */
export interface SweepFolder {
  readonly path: string;
  /** Folder of the run of a trial. */
  runOf(trial: number): string;
  /** All that are known, in the order of their numbers. */
  trials(): Promise<TrialRecord[]>;
  save(record: TrialRecord): Promise<void>;
  /** Writes so that a reader sees the old or the new content, never half of it. */
  write(name: string, content: string): Promise<void>;
}

/**
 * Opens `<state>/sweeps/<name>/`, made where there is none.
 *
 * @param options.definition What decides the outcome of a trial; a sweep goes on only where it is the same.
 * @param options.fresh Deletes what is there and begins anew.
 * @throws AssayError `invalid-configuration` if the folder is of a sweep that was defined otherwise.
 */
export async function openSweepFolder(
  state: string,
  name: string,
  options: { definition: Readonly<Record<string, unknown>>; fresh: boolean },
): Promise<SweepFolder> {
  const path = join(state, 'sweeps', name);
  if (options.fresh) await rm(path, { recursive: true, force: true });
  await mkdir(join(path, 'trials'), { recursive: true });
  const folder = sweepFolderAt(path);
  if (existsSync(join(path, sweepFile))) await refuseOther(path, options.definition);
  else await folder.write(sweepFile, `${JSON.stringify(options.definition, null, 2)}\n`);
  return folder;
}

/** A folder that {@link openSweepFolder} has opened before, for a thread of the same sweep. */
export function sweepFolderAt(path: string): SweepFolder {
  const write = async (name: string, content: string) => {
    const partial = join(path, `${name}.${process.pid}.partial`);
    await writeFile(partial, content);
    await rename(partial, join(path, name));
  };
  return {
    path,
    runOf: (trial) => join(path, 'runs', fileOf(trial)),
    async trials() {
      const files = (await readdir(join(path, 'trials'))).filter((file) => file.endsWith('.json')).sort();
      const texts = await Promise.all(files.map((file) => readFile(join(path, 'trials', file), 'utf8')));
      return texts
        .map((text) => trialRecord.parse(JSON.parse(text)))
        .sort((first, second) => first.trial - second.trial);
    },
    save: (record) => write(join('trials', `${fileOf(record.trial)}.json`), `${JSON.stringify(record)}\n`),
    write,
  };
}

function fileOf(trial: number): string {
  return `trial-${String(trial).padStart(3, '0')}`;
}

async function refuseOther(path: string, definition: Readonly<Record<string, unknown>>): Promise<void> {
  const begun = JSON.parse(await readFile(join(path, sweepFile), 'utf8')) as Record<string, unknown>;
  const now = JSON.parse(JSON.stringify(definition)) as Record<string, unknown>;
  const changed = [...new Set([...Object.keys(begun), ...Object.keys(now)])].filter(
    (key) => JSON.stringify(begun[key]) !== JSON.stringify(now[key]),
  );
  if (changed.length > 0)
    throw new AssayError(
      'invalid-configuration',
      `${path} holds a sweep that was begun with other: ${changed.join(', ')}. Give this one another name, ` +
        'or begin anew with --fresh, which deletes the runs of the other.',
    );
}
