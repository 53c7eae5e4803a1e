/** Enough to keep the four threads of libuv's pool busy, few enough to bound memory. */
const lanes = 8;

/**
 * Runs the task for every item, several at a time. The first failure is the outcome: no further task begins, and
 * those that run are waited for, so that nothing goes on behind the caller's back.
 */
export async function forEachConcurrently<T>(
  items: readonly T[],
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      try {
        await task(items[index] as T, index);
      } catch (error) {
        next = items.length;
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
}
