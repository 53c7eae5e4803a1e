/** Enough to keep the four threads of libuv's pool busy, few enough to bound memory. */
const lanes = 8;

/** Runs the task for every item, several at a time; the first failure ends it. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      await task(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
}
