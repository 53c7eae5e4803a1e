import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Waits until the disk has a folder's entries. Windows cannot open folders and needs no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a folder and those above it; waits until the disk has the new ones. */
export function makeFolderDurably(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  const top = dirname(resolve(first));
  for (let at = dirname(resolve(folder)); ; at = dirname(at)) {
    syncFolder(at);
    if (at === top || at === dirname(at)) return;
  }
}
