import { createHash } from 'node:crypto';
import { summariseReport } from '@assay/drift-report';
import type { EventBus } from '@assay/event-bus';
import { AssayError, createEvent, uuidV7, type CloudEvent, type DriftReport } from '@assay/schema';
import type { Connection } from '@assay/service-kit';

/** Tells the bus of a report. @throws AssayError `bus-unavailable` while there is no bus; what the bus throws */
export async function publishReport(bus: Connection<EventBus>, report: DriftReport): Promise<void> {
  await bus.attempted;
  if (bus.current === undefined)
    throw new AssayError('bus-unavailable', bus.fault ?? 'the event bus (EVENT_BUS_URL) is not open yet');
  await bus.current.publish('drift', eventOf(report));
}

/** The gist of a report as an event: the same report gives the same event, so that one which comes twice is told apart. */
export function eventOf(report: DriftReport): CloudEvent<'assay.drift.reported.v1'> {
  const { id, time, model, window, verdict, summary } = report;
  return createEvent({
    type: 'assay.drift.reported.v1',
    id: uuidV7({ now: Date.parse(time), random: uuidOf(id) }),
    source: '/drift-service',
    time,
    subject: model.name,
    data: {
      report: id,
      model: { name: model.name, version: model.version },
      window,
      verdict,
      summary,
      features: summariseReport(report)
        .drifted.slice(0, 100)
        .map((feature) => feature.slice(0, 128)),
    },
  });
}

/** 128 bits of a text's sha256 in the form of a UUID of version 4. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
