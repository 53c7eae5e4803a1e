import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';

/** One server-sent event as a client reads it. */
export interface ReceivedEvent {
  id?: string;
  event?: string;
  data?: unknown;
}

/** Listens to a stream of server-sent events. */
export async function listenTo(url: string, options: { lastEventId?: string } = {}) {
  const { lastEventId } = options;
  const response = await fetch(url, {
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  const body = Readable.fromWeb(response.body!);
  const lines = createInterface(body);
  const events: ReceivedEvent[] = [];
  let wake = () => {};
  let isEnded = false;
  const ended = (async () => {
    let current: ReceivedEvent = {};
    for await (const line of lines) {
      const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? [];
      if (name === 'data') current.data = JSON.parse(value!);
      else if (name === 'id' || name === 'event') current[name] = value!;
      if (line !== '' || current.event === undefined) continue;
      events.push(current);
      current = {};
      wake();
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      isEnded = true;
      wake();
    });
  return {
    response,
    events,
    /** Fulfilled when the other side, or this one, ended it. */
    ended,
    /** The events, once there are so many. */
    async atLeast(count: number): Promise<ReceivedEvent[]> {
      while (events.length < count) {
        if (isEnded) throw new Error(`the stream ended after ${events.length} events`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return events;
    },
    async [Symbol.asyncDispose]() {
      lines.close();
      body.destroy();
      await ended;
    },
  };
}
