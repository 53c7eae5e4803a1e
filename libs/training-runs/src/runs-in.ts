import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRunFolder } from './stored-run.ts';

/** Folders of runs in a folder, in the order in which they were begun: their names end in the time. None where there is no such folder. */
export function runsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const time = (path: string) => /\d{8}-\d{6}(?:-\d+)?$/.exec(path)?.[0] ?? '';
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter(isRunFolder)
    .sort((first, second) => time(first).localeCompare(time(second)) || first.localeCompare(second));
}
