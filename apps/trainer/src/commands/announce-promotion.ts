import { openEventBus } from '@assay/event-bus';
import { createEvent, uuidV7, type ModelPromoted } from '@assay/schema';
import type { Output } from '../output.ts';

/**
 * Tells the services of a promotion. Where the bus cannot be told, says so and goes on: an alias that is set holds, and services
 * look at the registry themselves.
 *
 * @param url of the event bus
 */
export async function announcePromotion(url: string, promoted: ModelPromoted, output: Output): Promise<void> {
  try {
    const bus = await openEventBus(url);
    try {
      await bus.publish(
        'models',
        createEvent({
          type: 'assay.model.promoted.v1',
          id: uuidV7(),
          source: '/assay',
          time: new Date(),
          subject: promoted.model,
          data: promoted,
        }),
      );
    } finally {
      await bus.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    output.note(
      `The event bus was not told (${reason}). Services find a new champion by themselves, within half a minute.`,
    );
  }
}
