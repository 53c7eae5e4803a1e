import { fsyncSync, openSync, closeSync, renameSync, rmdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { BigIntStats } from 'node:fs';
import type { ObjectInfo, Precondition } from '../object-store.ts';
import { refuse } from '../store-error.ts';
import { makeFolderDurably, syncFolder } from './durable.ts';
import { isMissing } from './file-error.ts';
import { generationOf, infoOf } from './file-info.ts';
import type { StagedFile } from './staged-file.ts';

/**
 * Puts staged content under its key. To be run inside the lock: synchronous, one look and one rename.
 *
 * @throws AssayError `precondition-failed`.
 */
export function commitFile(
  root: string,
  target: { key: string; staged: StagedFile; condition: Precondition },
): ObjectInfo {
  const { key, staged, condition } = target;
  const path = join(root, key);
  const before = statOf(path);
  checkPrecondition(key, condition, before);
  if (before && staged.generation <= generationOf(before))
    setGeneration(staged.path, generationOf(before) + 1n);
  makeFolderDurably(dirname(path));
  renameSync(staged.path, path);
  syncFolder(dirname(path));
  return infoOf(key, statSync(path, { bigint: true }));
}

/** Removes an object, and folders that it leaves empty. To be run inside the lock. */
export function removeFile(root: string, key: string, condition: Precondition): boolean {
  const path = join(root, key);
  const before = statOf(path);
  if (!before) return false;
  checkPrecondition(key, condition, before);
  rmSync(path);
  const top = join(root);
  let folder = dirname(path);
  for (; folder.startsWith(top + sep); folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      break; // It holds other objects.
    }
  }
  syncFolder(folder);
  return true;
}

/** The file of an object; `undefined` where there is none, or a folder. */
function statOf(path: string): BigIntStats | undefined {
  try {
    const stats = statSync(path, { bigint: true });
    return stats.isFile() ? stats : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function checkPrecondition(key: string, condition: Precondition, before: BigIntStats | undefined): void {
  const found = before && String(generationOf(before));
  if (condition.ifAbsent && before) throw refuse.precondition(key, condition, found);
  if (condition.ifGeneration !== undefined && condition.ifGeneration !== found)
    throw refuse.precondition(key, condition, found ?? 'nothing');
}

/** Two writes within a microsecond, or a clock that went back: generations still grow. */
function setGeneration(path: string, generation: bigint): void {
  const seconds = Number(generation) / 1e6;
  utimesSync(path, seconds, seconds);
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
