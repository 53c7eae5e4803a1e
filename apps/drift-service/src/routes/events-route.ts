import type { PushReceiver } from '@assay/event-bus';
import { AssayError } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { z } from 'zod';
import { jsonReader } from './read-json.ts';

/** An event has 2 KiB, its message in base64 a third more; the rest is attributes. */
const json = jsonReader('64kb');

/** `POST /events/predictions`, which a push subscription of Pub/Sub calls. */
export function eventsRoute(receiver: Pick<PushReceiver, 'receive'>): Route {
  return defineRoute({
    method: 'post',
    path: '/events/{topic}',
    operationId: 'pushEvent',
    tag: 'events',
    summary: 'Takes an event that Pub/Sub pushes; listeners of `/predictions/stream` get it at once',
    params: { topic: z.literal('predictions').describe('The topic of the push subscription') },
    body: {
      'application/json': {
        jsonSchema: { type: 'object', description: 'A wrapped message, as Pub/Sub pushes it' },
      },
    },
    responses: { 204: { description: 'It was taken' } },
    problems: [
      'bad-request',
      'malformed-json',
      'unsupported-media-type',
      'upload-too-large',
      'invalid-token',
      'invalid-event',
      'overloaded',
      'shutting-down',
      'bus-unavailable',
    ],
    async handle({ request, response }) {
      const isTaken = await receiver.receive({
        body: await json.read(request, response),
        authorization: request.get('authorization'),
      });
      if (!isTaken) throw new AssayError('overloaded', 'The event was not taken: push it again.');
      response.status(204).end();
    },
  });
}
