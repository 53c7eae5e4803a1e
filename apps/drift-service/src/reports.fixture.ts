import { openEventBus } from '@assay/event-bus';
import { openObjectStore } from '@assay/object-store';
import { uuidV7, type CloudEvent } from '@assay/schema';
import { stateIn, type DriftService } from './drift-service.fixture.ts';

export const HOUR = 3_600_000;
/** The hour that is going on when the tests begin. */
export const NOW = Math.floor(Date.now() / HOUR) * HOUR;
/** A window of so many hours that ended so many hours ago. */
export const ago = (hours: number, length = 1) => ({
  from: new Date(NOW - (hours + length) * HOUR).toISOString(),
  to: new Date(NOW - hours * HOUR).toISOString(),
});

type Answer = Readonly<Record<string, unknown>> & { code?: string; detail?: string };

/** What a service answers. */
export async function ask(service: DriftService, path: string, init?: RequestInit) {
  const response = await fetch(service.url + path, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Answer,
  };
}

/** Asks for a report. */
export const post = (service: DriftService, body?: unknown) =>
  ask(service, '/reports', {
    method: 'POST',
    ...(body === undefined
      ? {}
      : {
          headers: { 'content-type': 'application/json' },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
  });

/** Events of the topic `drift`, as they come. */
export async function driftEvents(folder: string) {
  const bus = await openEventBus(stateIn(folder).EVENT_BUS_URL);
  const events: CloudEvent[] = [];
  bus.subscribe('drift', 'spec', ({ event, ack }) => {
    events.push(event);
    ack();
  });
  return { events, [Symbol.asyncDispose]: () => bus.close() };
}

/** Writes lines into the log of a folder, as the sink would. */
export async function writeLog(folder: string, hour: number, lines: readonly unknown[]): Promise<void> {
  const store = await openObjectStore(stateIn(folder).OBJECT_STORE_URL);
  const at = new Date(hour).toISOString();
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  await store.put(`predictions/${at.slice(0, 10)}/${at.slice(11, 13)}/sink-${uuidV7()}-0.jsonl`, text);
}
