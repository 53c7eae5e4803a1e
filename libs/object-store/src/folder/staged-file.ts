import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createCrc32c } from '../crc32c.ts';
import { watchSource } from '../source-failure.ts';

/** What a killed process left is removed by the first writer after this time. Milliseconds. */
const ABANDONED_AFTER = 24 * 3600 * 1000;

/** Content that is on the disk but not yet under its key. */
export interface StagedFile {
  path: string;
  crc32c: string;
  /** Its modification time, the generation it will have unless the object has a later one. Microseconds since 1970. */
  generation: bigint;
}

/**
 * Writes content beside the objects and waits for the disk. The file is removed again when anything fails.
 *
 * @param folder On the same file system as the objects.
 */
export async function stageFile(folder: string, content: AsyncIterable<Uint8Array>): Promise<StagedFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const crc = createCrc32c();
  const file = await open(path, 'wx');
  try {
    try {
      for await (const chunk of watchSource(content, crc.update)) await writeFully(file, chunk);
      const now = Date.now() * 1000;
      await file.utimes(now / 1e6, now / 1e6);
      await file.sync();
      return { path, crc32c: crc.digest(), generation: BigInt(now) };
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function writeFully(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
}

/** Removes what processes that were killed left unfinished. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_AFTER) await rm(path, { force: true });
  }
}
