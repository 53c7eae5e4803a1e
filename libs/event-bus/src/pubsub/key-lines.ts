/**
 * Lets one of a key go ahead at a time. Pub/Sub sends the messages of a key in order, and sends those that follow one that
 * failed once more, but several may be on their way.
 */
export interface KeyLines<Item> {
  /** @returns Whether the item may go ahead; if not, it waits. */
  enter(key: string, item: Item): boolean;
  /** The one that went ahead is done: @returns the next, which may go ahead now. */
  next(key: string): Item | undefined;
  /** The one that went ahead failed: @returns those that waited, in order; they wait no longer. */
  clear(key: string): Item[];
  /** {@link clear} for all keys. */
  clearAll(): Item[];
}

export function keyLines<Item>(): KeyLines<Item> {
  const lines = new Map<string, Item[]>();
  const clear = (key: string) => {
    const waiting = lines.get(key) ?? [];
    lines.delete(key);
    return waiting;
  };
  return {
    enter(key, item) {
      const line = lines.get(key);
      if (line) line.push(item);
      else lines.set(key, []);
      return !line;
    },
    next(key) {
      const item = lines.get(key)?.shift();
      if (item === undefined) lines.delete(key);
      return item;
    },
    clear,
    clearAll: () => [...lines.keys()].flatMap(clear),
  };
}
