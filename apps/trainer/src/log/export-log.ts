import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { PredictionLog, Window } from '@assay/prediction-log';

/** Writes every record of a window, with all that was said of it, as lines of JSON. The file is whole or not there. @returns How many. */
export async function exportLog(log: PredictionLog, window: Window, file: string): Promise<number> {
  let records = 0;
  async function* lines() {
    for await (const logged of log.records(window)) {
      records += 1;
      yield `${JSON.stringify(logged)}\n`;
    }
  }
  const draft = `${file}.${randomUUID()}`;
  try {
    await pipeline(lines, createWriteStream(draft, { flags: 'wx', flush: true }));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return records;
}
