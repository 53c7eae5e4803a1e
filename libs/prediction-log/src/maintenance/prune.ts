import { listAll } from '@assay/object-store';
import { HOUR_MS } from '../layout/window.ts';
import { listPrefix } from '../layout/list-window.ts';
import { logTopics } from '../layout/log-object.ts';
import type { LogReader } from '../read/log-reader.ts';
import { dropProfiles } from './drop-profiles.ts';
import { withLease } from './lease.ts';

export interface PruneReport {
  /** Objects of the log that were deleted. */
  objects: number;
  /** Kept inputs that were deleted. */
  inputs: number;
  /** Of both, and of what was counted of the hours. */
  bytes: number;
}

/** Below it lie inputs that were kept: `inputKey`. */
const INPUTS = 'inputs/';

/**
 * Deletes whole hours that ended before a moment, of predictions and of feedback, with what was counted of them, and the inputs that were kept before it. An
 * object vanishes as one, so that a crash leaves fewer hours, never half of one.
 *
 * @throws AssayError `log-busy` if another process changes the log.
 */
export async function pruneLog(
  reader: LogReader,
  { before, signal }: { before: Date; signal?: AbortSignal },
): Promise<PruneReport> {
  const { store } = reader;
  const report: PruneReport = { objects: 0, inputs: 0, bytes: 0 };
  await withLease(store, { purpose: 'prune', ...(signal && { signal }) }, async (stop) => {
    for (const topic of logTopics)
      for (const { hour, info } of await listPrefix(store, `${topic}/`)) {
        if (hour + HOUR_MS > before.getTime()) continue;
        stop.throwIfAborted();
        if (!(await store.delete(info.key))) continue;
        report.objects += 1;
        report.bytes += info.size;
      }
    report.bytes += (await dropProfiles(store, (hour) => hour + HOUR_MS <= before.getTime())).bytes;
    for await (const { key, size, updated } of listAll(store, INPUTS)) {
      if (updated >= before) continue;
      stop.throwIfAborted();
      if (!(await store.delete(key))) continue;
      report.inputs += 1;
      report.bytes += size;
    }
  });
  return report;
}
