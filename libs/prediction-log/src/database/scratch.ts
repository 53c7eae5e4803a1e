import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder for files on their way. */
export interface Scratch {
  /** The path of a new file. */
  file(): string;
  remove(): Promise<void>;
}

/** Makes a folder of its own below another; nobody else may look into it. */
export async function makeScratch(below: string): Promise<Scratch> {
  const folder = join(below, randomUUID());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    file: () => join(folder, `${randomUUID()}.parquet`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
