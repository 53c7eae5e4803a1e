import type { PushReceiver } from '@assay/event-bus';
import { AssayError } from '@assay/schema';
import { defineRoute, type Route } from '@assay/service-kit';
import { json, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';

/** An event has 2 KiB, its message in base64 a third more; the rest is attributes. */
const parseJson: RequestHandler = json({ limit: '64kb' });

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
      'upload-too-large',
      'invalid-token',
      'invalid-event',
      'overloaded',
      'shutting-down',
      'bus-unavailable',
    ],
    async handle({ request, response }) {
      await readJson(request, response);
      const isTaken = await receiver.receive({
        authorization: request.get('authorization'),
        body: request.body,
      });
      if (!isTaken) throw new AssayError('overloaded', 'The event was not taken: push it again.');
      response.status(204).end();
    },
  });
}

async function readJson(request: Request, response: Response): Promise<void> {
  const parsed = Promise.withResolvers<undefined>();
  await parseJson(request, response, (error?: unknown) => {
    if (error === undefined) parsed.resolve(undefined);
    else parsed.reject(error);
  });
  await parsed.promise;
}
