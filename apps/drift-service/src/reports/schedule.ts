import { Cron } from 'croner';

/** Whether a text is a cron expression of five fields, such as `5 * * * *`. */
export function isCron(pattern: string): boolean {
  try {
    new Cron(pattern, { paused: true, mode: '5-part' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Does something again and again, at times in UTC. A time that comes while the work of the one before goes on is left out.
 *
 * @param onError hears of what the work throws
 * @returns what ends it; work under way is awaited
 */
export function startSchedule(
  pattern: string,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): { close(): Promise<void> } {
  let going: Promise<void> = Promise.resolve();
  const job = new Cron(pattern, { timezone: 'UTC', protect: true, unref: true, mode: '5-part' }, () => {
    going = work().catch(onError);
    return going;
  });
  return {
    async close() {
      job.stop();
      await going;
    },
  };
}
