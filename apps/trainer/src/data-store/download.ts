import { mkdir, open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AssayError } from '@assay/schema';
import { z } from 'zod';
import { Interruption, type OpenedSource, type RangedSource } from './ranged-source.ts';

/** So often in a row an attempt may end without a new byte. */
const FRUITLESS = 5;

export interface DownloadContext {
  signal: AbortSignal;
  /** Waits, in milliseconds; a clock that tests can replace. */
  wait(milliseconds: number): Promise<void>;
  /** Told how many bytes are there, of how many. */
  progress?(done: number, total: number | undefined): void;
}

const unfinished = z.object({ source: z.string(), validator: z.string() });

/**
 * Downloads to a file that appears when it is complete. What has arrived stays in `PATH.part`, and what it was
 * called in `PATH.part.json`: the next attempt, or the next run, goes on behind it, if the source is still the same.
 *
 * @throws AssayError `storage-unavailable` when {@link FRUITLESS} attempts in a row brought nothing.
 */
export async function download(source: RangedSource, path: string, context: DownloadContext): Promise<void> {
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  for (let fruitless = 0; ;) {
    const before = await sizeOf(part);
    try {
      await attempt(source, path, context);
      break;
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof Interruption)) throw error;
      fruitless = (await sizeOf(part)) > before ? 1 : fruitless + 1;
      if (fruitless > FRUITLESS)
        throw new AssayError(
          'storage-unavailable',
          `${error.message}, ${FRUITLESS} times in a row. What has arrived is kept: run the command again to go on.`,
          { cause: error },
        );
      // Doubles from half a second; half of it is random.
      await context.wait(500 * 2 ** (fruitless - 1) * (0.5 + Math.random() / 2));
    }
  }
  await rename(part, path);
  await rm(`${part}.json`, { force: true });
}

async function attempt(source: RangedSource, path: string, context: DownloadContext): Promise<void> {
  const part = `${path}.part`;
  const validator = await validatorOf(part, source);
  const start = validator === undefined ? 0 : await sizeOf(part);
  const opened = await source.open({ start, validator }, context.signal);
  if (opened.start === 0) await rm(`${part}.json`, { force: true });
  const file = await open(part, opened.start === 0 ? 'w' : 'a');
  try {
    if (opened.validator !== undefined)
      await writeFile(`${part}.json`, JSON.stringify({ source: source.name, validator: opened.validator }));
    const received = await receive(opened, file, context);
    await file.sync();
    if (opened.size !== undefined && received !== opened.size)
      throw new Interruption(`${source.name} ended after ${received} of ${opened.size} bytes`);
  } finally {
    await file.close();
  }
}

async function receive(opened: OpenedSource, file: FileHandle, context: DownloadContext): Promise<number> {
  let done = opened.start;
  context.progress?.(done, opened.size);
  for await (const chunk of opened.body) {
    context.signal.throwIfAborted();
    for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
    done += chunk.length;
    context.progress?.(done, opened.size);
  }
  return done;
}

/** What the source was called when the part was written; `undefined` if it is of another source. */
async function validatorOf(part: string, source: RangedSource): Promise<string | undefined> {
  const text = await readFile(`${part}.json`, 'utf8').catch(() => '');
  try {
    const found = unfinished.parse(JSON.parse(text));
    return found.source === source.name ? found.validator : undefined;
  } catch {
    return undefined;
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}
