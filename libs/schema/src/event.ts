import { z } from 'zod';
import type { EventData, EventType } from './event-types.ts';

/** Names of CloudEvents attributes: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#naming-conventions */
const ATTRIBUTE_NAME = /^[a-z0-9]{1,20}$/;

/**
 * The attributes of a CloudEvent 1.0 (https://cloudevents.io) in its JSON format, as Assay sends them: `time` and
 * `datacontenttype` are not optional here. Further members are extension attributes, such as `traceparent`.
 */
export const eventAttributes = z
  .looseObject({
    specversion: z.literal('1.0'),
    /** Unique for a source: whoever sees the same `source` and `id` again sees the same event again. */
    id: z.string().min(1).max(128),
    /** URI reference of who says it, for example `/inference-api`. */
    source: z.string().min(1).max(256),
    /** For example `assay.prediction.made.v1`. */
    type: z.string().min(1).max(128),
    /** When it happened, UTC. */
    time: z.iso.datetime(),
    datacontenttype: z.literal('application/json'),
    /** What it is about, for example the name of a model. */
    subject: z.string().min(1).max(256).optional(),
    data: z.unknown(),
  })
  .superRefine((event, context) => {
    for (const [name, value] of Object.entries(event)) {
      if (name === 'data') continue;
      if (ATTRIBUTE_NAME.test(name) && isAttributeValue(value)) continue;
      const message =
        'expected attributes with names of lower-case letters and digits, 20 at most, and texts, whole numbers or booleans as values';
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });
export type EventAttributes = z.infer<typeof eventAttributes>;

/** An event of one of the {@link EventType}s: comparing `type` tells what `data` is. */
export type CloudEvent<Type extends EventType = EventType> = {
  [T in Type]: Omit<EventAttributes, 'type' | 'data'> & {
    specversion: '1.0';
    id: string;
    source: string;
    type: T;
    time: string;
    datacontenttype: 'application/json';
    subject?: string | undefined;
    data: EventData<T>;
  };
}[Type];

/** What there is to say of an event; the rest follows. */
export interface NewEvent<Type extends EventType> {
  type: Type;
  /** UUIDv7. */
  id: string;
  /** URI reference of who says it, for example `/inference-api`. */
  source: string;
  /** When it happened. */
  time: Date | string;
  /** What it is about, for example the name of a model. */
  subject?: string;
  /** W3C trace context (https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/distributed-tracing.md). */
  traceparent?: string;
  data: EventData<Type>;
}

/** An event of what there is to say; {@link checkEvent} says whether it is well formed. */
export function createEvent<Type extends EventType>(event: NewEvent<Type>): CloudEvent<Type> {
  const { type, id, source, time, subject, traceparent, data } = event;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time: typeof time === 'string' ? time : time.toISOString(),
    datacontenttype: 'application/json',
    ...(subject === undefined ? {} : { subject }),
    ...(traceparent === undefined ? {} : { traceparent }),
    data,
  };
}

function isAttributeValue(value: unknown): boolean {
  return (
    value === undefined || typeof value === 'string' || typeof value === 'boolean' || Number.isInteger(value)
  );
}
