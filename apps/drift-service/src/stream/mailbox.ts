/** What waits for one listener, up to a number. */
export interface Mailbox<T> extends AsyncIterable<T> {
  /** @returns whether there was room */
  push(item: T): boolean;
}

export interface MailboxOptions {
  /** How much may wait. */
  readonly room: number;
  /** Ends the iteration. */
  readonly signal: AbortSignal;
}

export function createMailbox<T>({ room, signal }: MailboxOptions): Mailbox<T> {
  const items: T[] = [];
  let wake = () => {};
  signal.addEventListener('abort', () => wake());
  return {
    push(item) {
      if (items.length >= room) return false;
      items.push(item);
      wake();
      return true;
    },
    async *[Symbol.asyncIterator]() {
      while (!signal.aborted) {
        const item = items.shift();
        if (item !== undefined) yield item;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
