import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** Steps of niceness behind the process's first thread: a thread that has them gets a tenth of the time of one that has none, where both want it. */
const STEPS = 10;
const MOST = 19;

/**
 * Lets all other threads go first from now on. For threads that keep a core busy for seconds, beside one that answers requests.
 * Linux gives each thread a priority of its own; elsewhere nothing changes.
 */
export function standBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, Math.min(MOST, getPriority(process.pid) + STEPS));
  } catch {
    // Without priorities of threads it works as well, only less kindly.
  }
}
