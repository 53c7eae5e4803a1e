/**
 * Does things together: what is added while a batch is under way, or in the same turn of the event loop, makes up the next batch.
 * The busier it is, the larger the batches, and nobody waits for a timer.
 *
 * @param work Takes a batch in the order of adding; one failure fails all of it.
 */
export function gather<Item>(
  work: (batch: Item[]) => Promise<unknown>,
  limits: {
    /** Most items a batch. */
    items: number;
    /** Most a batch weighs, apart from its first item. */
    weight?: number;
    weigh?: (item: Item) => number;
  },
): Gatherer<Item> {
  const { items, weight = Number.POSITIVE_INFINITY, weigh = () => 0 } = limits;
  const waiting: { item: Item; promise: PromiseWithResolvers<undefined> }[] = [];
  let running: Promise<void> | undefined;

  function next(): typeof waiting {
    let total = weigh(waiting[0]!.item);
    let size = 1;
    while (size < Math.min(items, waiting.length)) {
      total += weigh(waiting[size]!.item);
      if (total > weight) break;
      size += 1;
    }
    return waiting.splice(0, size);
  }

  async function run(): Promise<void> {
    await new Promise(setImmediate); // the rest of this turn may add more
    while (waiting.length > 0) {
      const batch = next();
      try {
        await work(batch.map(({ item }) => item));
        for (const { promise } of batch) promise.resolve(undefined);
      } catch (error) {
        for (const { promise } of batch) promise.reject(error);
      }
    }
    running = undefined;
  }

  return {
    add(item) {
      const promise = Promise.withResolvers<undefined>();
      waiting.push({ item, promise });
      running ??= run();
      return promise.promise;
    },
    async idle() {
      await running;
    },
  };
}

export interface Gatherer<Item> {
  /** Resolves, or rejects, with the batch that the item went into. */
  add(item: Item): Promise<void>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
}
