import { meets, uuidTime } from '@assay/prediction-log';
import { AssayError, type PredictionRecord } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import type { LogAccess } from '../log/log-access.ts';
import { openEventStream, type EventStream } from '../stream/event-stream.ts';
import type { Feed } from '../stream/feed.ts';
import { createMailbox } from '../stream/mailbox.ts';
import { LONGEST_ABSENCE_MS, missedSince } from '../stream/missed.ts';
import { createSeen } from '../stream/seen.ts';
import type { Streams } from '../stream/streams.ts';
import { filterOf, recordQuery } from './filter-query.ts';

export interface StreamRouteOptions {
  readonly log: LogAccess;
  readonly feed: Feed;
  readonly streams: Streams;
}

/** Predictions that may wait for a listener who reads slowly; then its connection is ended, and it resumes from the log. */
const ROOM = 1000;

/** Ids by which what would come twice is left out. */
const REMEMBERED = 10_000;

/** `GET /predictions/stream`. */
export function streamRoute({ log, feed, streams }: StreamRouteOptions): Route {
  return defineRoute({
    method: 'get',
    path: '/predictions/stream',
    operationId: 'streamPredictions',
    tag: 'predictions',
    summary: 'Predictions as they come, as server-sent events',
    description:
      'Events `prediction`, with the record as JSON and its id as the id of the event. Who comes again with `Last-Event-ID` gets what came ' +
      'since then, from the last 24 hours, at least once: tell records apart by `id`. After a longer absence an event `gap` says `{ "before" }`: what is older is ' +
      'in `GET /predictions`. A comment every 15 seconds keeps the connection. A listener who falls 1000 behind is cut off, and comes again.',
    query: recordQuery,
    problems: ['bad-request', 'overloaded', 'shutting-down'],
    responses: {
      200: {
        description: 'Goes on until the caller or the service ends it',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
    async handle({ request, response, query }) {
      const last = lastEventOf(request.get('last-event-id'));
      if (request.method === 'HEAD') {
        response.setHeader('Content-Type', 'text/event-stream');
        response.end();
        return;
      }
      const filter = filterOf(query);
      const stream = streams.open(() => openEventStream(response));
      const isNew = createSeen(REMEMBERED);
      const send = async (record: PredictionRecord) => {
        if (meets(filter, record) && isNew(record.id))
          await stream.send({ id: record.id, event: 'prediction', data: record });
      };
      const mailbox = createMailbox<PredictionRecord>({ room: ROOM, signal: stream.signal });
      const stop = feed.listen((record) => {
        if (meets(filter, record) && !mailbox.push(record)) stream.end();
      });
      try {
        if (last !== undefined) await makeUp(last, { log, feed, stream, send });
        for await (const record of mailbox) await send(record);
      } finally {
        stop();
        stream.end();
      }
    },
  });
}

interface LastEvent {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** @throws AssayError `bad-request` */
function lastEventOf(id: string | undefined): LastEvent | undefined {
  if (id === undefined || id === '') return undefined;
  const madeAt = uuidTime(id);
  if (madeAt !== undefined) return { id: id.toLowerCase(), madeAt };
  throw new AssayError(
    'bad-request',
    'Expected as Last-Event-ID the id of the last event that was received, a UUIDv7, or no such header.',
  );
}

async function makeUp(
  { id, madeAt }: LastEvent,
  {
    log,
    feed,
    stream,
    send,
  }: {
    log: LogAccess;
    feed: Feed;
    stream: EventStream;
    send: (record: PredictionRecord) => Promise<void>;
  },
): Promise<void> {
  const now = Date.now();
  const earliest = now - LONGEST_ABSENCE_MS;
  if (madeAt < earliest)
    await stream.send({ event: 'gap', data: { before: new Date(earliest).toISOString() } });
  for await (const record of missedSince(id, { feed, read: log.records, madeAt, now })) {
    if (stream.signal.aborted) return;
    await send(record);
  }
}
