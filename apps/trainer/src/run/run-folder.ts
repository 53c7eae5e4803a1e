import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '@assay/schema';

/** The folder of one training run: all that it wrote, and all that is needed to go on with it. */
export interface RunFolder {
  readonly path: string;
  file(name: string): string;
  /** Writes so that a reader sees the old or the new content, never half of it. */
  write(name: string, content: string | Uint8Array): Promise<void>;
  /** Adds a line. */
  append(name: string, line: string): Promise<void>;
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
  let path = base;
  for (let copy = 2; existsSync(path); copy++) path = `${base}-${copy}`;
  await mkdir(path, { recursive: true });
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
    write: async (name, content) => {
      await writeFile(file(`${name}.partial`), content);
      await rename(file(`${name}.partial`), file(name));
    },
    append: (name, line) => appendFile(file(name), `${line}\n`),
    read: (name) => readFile(file(name)),
  };
}
