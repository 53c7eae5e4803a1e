import { z } from 'zod';
import { AssayError } from './assay-error.ts';
import { eventAttributes, type CloudEvent } from './event.ts';
import { driftReportedSchema, modelPromotedSchema } from './event-data.ts';
import { feedbackRecordSchema } from './feedback-record.ts';
import { predictionRecordSchema } from './prediction-record.ts';

/** The topics, each with the one kind of events that it carries. */
export const topics = ['predictions', 'feedback', 'models', 'drift'] as const;
export type Topic = (typeof topics)[number];

/**
 * What may be said, under `assay.<noun>.<verb>.v<version>`. Members may be added to the data of a version; a change that would mislead
 * who knows only the old one is a new version.
 */
export const eventTypes = {
  'assay.prediction.made.v1': { topic: 'predictions', data: predictionRecordSchema },
  'assay.feedback.given.v1': { topic: 'feedback', data: feedbackRecordSchema },
  'assay.model.promoted.v1': { topic: 'models', data: modelPromotedSchema },
  'assay.drift.reported.v1': { topic: 'drift', data: driftReportedSchema },
} as const satisfies Record<string, { topic: Topic; data: z.ZodType }>;

export type EventType = keyof typeof eventTypes;
export type EventData<Type extends EventType> = z.infer<(typeof eventTypes)[Type]['data']>;

/** Why an event is not understood; `unknown-version`: by this release, a later one may. */
export type EventFault = 'malformed' | 'unknown-type' | 'unknown-version' | 'invalid-data';

const VERSIONED = /^(.+)\.v([1-9]\d{0,3})$/;
const known = Object.keys(eventTypes);

/**
 * The topic of a type of events. A version that is not known belongs where the known ones do.
 *
 * @throws AssayError `invalid-event` with the {@link EventFault} `unknown-type`
 */
export function topicOf(type: string): Topic {
  if (isEventType(type)) return eventTypes[type].topic;
  const name = nameOf(type);
  const sibling = known.find((other) => nameOf(other) === name);
  if (name !== undefined && sibling !== undefined) return eventTypes[sibling as EventType].topic;
  throw invalid('unknown-type', `No event is of type "${type}"; there are: ${known.join(', ')}.`);
}

/**
 * The same value, known to be a CloudEvent whose data are what its type promises. Members that are not known pass.
 *
 * @throws AssayError `invalid-event` with the {@link EventFault} as the extension `fault`
 */
export function checkEvent(value: unknown): CloudEvent {
  const attributes = eventAttributes.safeParse(value);
  if (!attributes.success)
    throw invalid(
      'malformed',
      `Expected a CloudEvent 1.0 in JSON, received something else: ${issuesOf(attributes.error)}.`,
    );
  const { type, id, data } = attributes.data;
  if (!isEventType(type)) {
    const topic = topicOf(type);
    throw invalid(
      'unknown-version',
      `The event ${id} is of type "${type}", and of the topic ${topic} this release knows ` +
        `${known.filter((other) => topicOf(other) === topic).join(', ')} only: a newer release sent it, update this one.`,
    );
  }
  const checked = eventTypes[type].data.safeParse(data);
  if (!checked.success)
    throw invalid('invalid-data', `The data of the event ${id} are not ${type}: ${issuesOf(checked.error)}.`);
  return value as CloudEvent;
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventTypes, type);
}

const nameOf = (type: string): string | undefined => VERSIONED.exec(type)?.[1];

function issuesOf(error: z.ZodError): string {
  const { issues } = error;
  const shown = issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  return (
    shown.join('; ') + (issues.length > shown.length ? `; and ${issues.length - shown.length} more` : '')
  );
}

function invalid(fault: EventFault, detail: string): AssayError {
  return new AssayError('invalid-event', detail, { extensions: { fault } });
}
