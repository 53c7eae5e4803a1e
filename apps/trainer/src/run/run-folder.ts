import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, UNFINISHED } from '@assay/model-registry';
import { AssayError } from '@assay/schema';

/** The folder of one training run: all that it wrote, and all that is needed to go on with it. */
export interface RunFolder {
  readonly path: string;
  file(name: string): string;
  /**
   * Writes so that a reader sees the old or the new content, never half of it, and waits until the disk has it.
   *
   * @throws AssayError `storage-full`; what was there before is whole
   */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /**
   * Adds a line, and waits until the disk has it. A line that was being added when the process was killed has no end.
   *
   * @throws AssayError `storage-full`
   */
  append(name: string, line: string): Promise<void>;
  /** Removes files that are not wanted any more, and what a killed process left unfinished. */
  remove(isUnwanted: (name: string) => boolean): Promise<void>;
  read(name: string): Promise<Buffer>;
}

/** Makes `<state>/runs/<name>-<time>/`; a number is added where that exists. */
export async function createRunFolder(state: string, name: string, now: Date): Promise<RunFolder> {
  const stamp = now
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:]/g, '')
    .replace('T', '-');
  const base = join(state, 'runs', `${name}-${stamp}`);
  await mkdir(join(state, 'runs'), { recursive: true });
  // Two runs that begin in the same second each find a folder of their own.
  let path = base;
  for (let copy = 2; !(await makeFolder(path)); copy++) path = `${base}-${copy}`;
  return runFolderAt(path);
}

/** Makes the folder of a run at a place of its own. */
export async function createRunFolderAt(path: string): Promise<RunFolder> {
  await mkdir(path, { recursive: true });
  return runFolderAt(path);
}

/** @throws AssayError `invalid-configuration` if the folder is not that of a run. */
export function openRunFolder(path: string): RunFolder {
  if (existsSync(join(path, 'config.yaml'))) return runFolderAt(path);
  throw new AssayError(
    'invalid-configuration',
    `${path} is not the folder of a training run: it has no config.yaml.`,
  );
}

function runFolderAt(path: string): RunFolder {
  const file = (name: string) => join(path, name);
  return {
    path,
    file,
    write: (name, content) => explainFullDisk(path, replaceFile(file(name), content)),
    append: (name, line) => explainFullDisk(path, appendFile(file(name), `${line}\n`, { flush: true })),
    remove: async (isUnwanted) => {
      for (const name of await readdir(path))
        if (name.startsWith(UNFINISHED) || isUnwanted(name)) await rm(file(name));
    },
    read: (name) => readFile(file(name)),
  };
}

/** @returns Whether it was not there before. */
async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function explainFullDisk(run: string, writing: Promise<void>): Promise<void> {
  try {
    await writing;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw cause;
    throw new AssayError(
      'storage-full',
      `The disk that holds ${run} is full. What it has written is whole: make room, then go on with: ` +
        `assay train --resume ${run}`,
      { cause },
    );
  }
}
