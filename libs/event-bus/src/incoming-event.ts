import { AssayError, checkEvent, topicOf, type CloudEvent, type Topic } from '@assay/schema';

/** What a message holds: an event, or the reason why it is none that can be handed out. */
export type Incoming =
  | { event: CloudEvent; fault?: undefined; error?: undefined }
  | { event?: undefined; fault: string; error: AssayError };

/** Reads a message as it was published; what is wrong with it is a result, not an exception. */
export function readEvent(text: string, topic: Topic): Incoming {
  try {
    const event = checkEvent(parse(text));
    refuseStray(event, topic);
    return { event };
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return { fault: error.message, error };
  }
}

/**
 * Checks an event before it is sent, and gives it as one line of JSON.
 *
 * @throws AssayError `invalid-event`
 */
export function writeEvent(event: CloudEvent, topic: Topic): string {
  refuseStray(checkEvent(event), topic);
  return JSON.stringify(event);
}

function refuseStray(event: CloudEvent, topic: Topic): void {
  const home = topicOf(event.type);
  if (home === topic) return;
  throw new AssayError(
    'invalid-event',
    `Expected an event of the topic ${topic}, received ${event.type} (${event.id}), which belongs to ${home}.`,
    { extensions: { fault: 'malformed' } },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = `Expected an event as JSON, received ${text.length} characters that are none: ${(cause as Error).message}.`;
    throw new AssayError('invalid-event', detail, { cause, extensions: { fault: 'malformed' } });
  }
}
