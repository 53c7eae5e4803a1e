import { constants, getPriority, platform, setPriority } from 'node:os';

/** Steps of niceness: at ten a thread gets a tenth of the time that one of the event loop's priority takes, if that one wants it. */
const STEPS = 10;

/**
 * Lets the other threads of the process go first where all processors are busy: the event loop answers `/live` within milliseconds while
 * models compute. On Linux a thread has a priority of its own; elsewhere it would be that of the process, and nothing is done.
 */
export function yieldToOthers(): void {
  if (platform() !== 'linux') return;
  try {
    setPriority(0, Math.min(constants.priority.PRIORITY_LOW, getPriority(0) + STEPS));
  } catch {
    // A sandbox that forbids it: then all threads are equal.
  }
}
