import { once } from 'node:events';
import type { Response } from 'express';

/** One server-sent event. */
export interface ServerEvent {
  /** What a client gives back as `Last-Event-ID` when it comes again. */
  readonly id?: string;
  /** Kind of the event. */
  readonly event: string;
  /** Written as JSON. */
  readonly data: unknown;
}

/** An answer that goes on: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export interface EventStream {
  /** Aborted when the caller is gone, or the stream ended. */
  readonly signal: AbortSignal;
  /** Sends, and waits until the caller reads; ends if that takes too long. Does nothing once the stream ended. */
  send(event: ServerEvent): Promise<void>;
  end(): void;
}

/** Proxies and browsers give up connections that say nothing for long: Cloud Run's after minutes, others after thirty seconds. */
const HEARTBEAT_MS = 15_000;

/** A caller who does not read for so long is gone, or as good as gone. Milliseconds. */
const PATIENCE_MS = 30_000;

/** How long a client waits before it comes again. Milliseconds. */
const RETRY_MS = 2000;

/** Begins the answer. */
export function openEventStream(response: Response, heartbeatMs = HEARTBEAT_MS): EventStream {
  const ended = new AbortController();
  response.status(200);
  response.setHeader('Content-Type', 'text/event-stream');
  response.setHeader('Cache-Control', 'no-store');
  // nginx would gather what comes and pass it on late.
  response.setHeader('X-Accel-Buffering', 'no');
  response.write(`retry: ${RETRY_MS}\n\n`);
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  const end = () => {
    if (ended.signal.aborted) return;
    clearInterval(heartbeat);
    ended.abort();
    response.end();
  };
  response.once('close', end);
  return {
    signal: ended.signal,
    async send({ id, event, data }) {
      if (ended.signal.aborted) return;
      const head = id === undefined ? '' : `id: ${id}\n`;
      const isTaken = response.write(`${head}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      if (isTaken) return;
      const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(PATIENCE_MS)]);
      await once(response, 'drain', { signal }).catch(() => response.destroy());
    },
    end,
  };
}
