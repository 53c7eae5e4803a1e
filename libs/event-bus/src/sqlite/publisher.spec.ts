import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BusWorker } from './bus-worker.ts';
import { openPublisher } from './publisher.ts';

const DESCRIPTORS = '/proc/self/fd';
const onLinux = existsSync(DESCRIPTORS) ? it : it.skip;

/** Is asked only where another process writes. */
const unused: BusWorker = {
  call: () => Promise.reject(new Error('nobody else writes')),
  onChange: () => () => undefined,
  published: () => undefined,
  close: () => Promise.resolve(),
};

describe('openPublisher', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'event-bus-publisher-'));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  /** Files of the folder that this process has open. */
  const openFiles = async () => {
    const links = (await readdir(DESCRIPTORS)).map((name) =>
      readlink(join(DESCRIPTORS, name)).catch(() => ''),
    );
    return (await Promise.all(links)).filter((path) => path.startsWith(folder));
  };

  onLinux('lets go of the database where the write-ahead log cannot be opened', async () => {
    const path = join(folder, 'events.db');
    const { exec } = DatabaseSync.prototype;
    // As if another process took the log away between opening the one and the other.
    jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (this: DatabaseSync, sql) {
      exec.call(this, sql);
      if (sql.includes('wal_autocheckpoint')) rmSync(`${path}-wal`);
    });
    await expect(openPublisher(path, unused)).rejects.toMatchObject({
      code: 'bus-unavailable',
      message: expect.stringContaining('ENOENT') as unknown,
    });
    expect(await openFiles()).toEqual([]);
  });
});
