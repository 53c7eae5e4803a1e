import { randomUUID } from 'node:crypto';
import { copyFile, link } from 'node:fs/promises';
import type { Session } from '../database/open-database.ts';
import { listOf, literal } from '../database/sql-text.ts';
import { makeScratch } from '../database/scratch.ts';
import { HOUR_MS, hourOf, type Window } from '../layout/window.ts';
import { stage } from './distinct.ts';
import type { LogReader } from './log-reader.ts';
import { relation, type LogFiles } from './relation.ts';
import { wantedFor, within } from './tables.ts';

/** A window of the log in files that nobody else changes. */
export interface StagedWindow {
  session: Session;
  /** Hours with predictions, ascending, each with the files that it is in. Milliseconds since 1970. */
  hours: { hour: number; files: LogFiles }[];
  /** Of the session: all feedback, with `prediction_id`, `id`, `time`, `event`. */
  feedbackTable: string;
  close(): Promise<void>;
}

/**
 * Brings a window together so that parts of it can be read one after the other: Parquet by another name for the same file, JSON lines
 * as Parquet, parsed once.
 */
export async function stageWindow(reader: LogReader, window: Window): Promise<StagedWindow> {
  const scratch = await makeScratch(reader.folder);
  const session = await reader.connect();
  const close = async () => {
    session.close();
    await scratch.remove();
  };
  try {
    return await reader.read(wantedFor(window), async (_, { files: { predictions, feedback } }) => {
      const feedbackTable = `said_${randomUUID().replaceAll('-', '')}`;
      const said = relation('feedback', feedback, { columns: ['prediction_id'], verbatim: true });
      await session.rows(`CREATE TEMP TABLE ${feedbackTable} AS ${said}`);
      const compacted = new Map<number, string[]>();
      for (const [at, path] of predictions.compacted.entries()) {
        const hour = predictions.hours[at]!;
        const own = scratch.file();
        await sameFile(path, own);
        compacted.set(hour, [...(compacted.get(hour) ?? []), own]);
      }
      const copies = [...compacted.values()].flat();
      // Damage is to show now, while there is a choice, not when half of the window has been read.
      if (copies.length > 0)
        await session.rows(
          `SELECT count(hash(id)), count(hash(time)), count(hash(event)) FROM read_parquet(${listOf(copies)}, union_by_name = true)`,
        );
      const lines: string[] = [];
      if (predictions.lines.length > 0) {
        const parsed = relation(
          'predictions',
          { lines: predictions.lines, compacted: [], hours: [] },
          { columns: [], where: within(window), verbatim: true },
        );
        lines.push(await stage(session, parsed, scratch));
      }
      const hours = new Set(compacted.keys());
      for (const path of lines)
        for (const { hour } of await session.rows(
          `SELECT DISTINCT epoch_ms(date_trunc('hour', time)) AS hour FROM read_parquet(${literal(path)})`,
        ))
          hours.add(hour as number);
      return {
        session,
        feedbackTable,
        close,
        hours: [...hours]
          .filter((hour) => hour >= hourOf(window.from.getTime()) && hour < window.to.getTime())
          .sort((a, b) => a - b)
          .map((hour) => {
            const paths = [...(compacted.get(hour) ?? []), ...lines];
            return {
              hour,
              files: { lines: [], compacted: paths, hours: paths.map(() => hour) },
            };
          }),
      };
    });
  } catch (error) {
    await close();
    throw error;
  }
}

/** The part of a window that lies in an hour. */
export const partOf = (window: Window, hour: number): Window => ({
  from: new Date(Math.max(hour, window.from.getTime())),
  to: new Date(Math.min(hour + HOUR_MS, window.to.getTime())),
});

/** The same content under a name of our own, which stays when the other goes. */
async function sameFile(path: string, own: string): Promise<void> {
  try {
    await link(path, own);
  } catch (error) {
    // Another file system.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    await copyFile(path, own);
  }
}
