import { AssayError, type CloudEvent } from '@assay/schema';
import type { BusConnection } from './bus-connection.ts';

/** How the stand-in treats what is published. */
export type BusMood = 'well' | 'refusing' | 'hanging';

/** A bus in memory that can be made to refuse, or to leave everybody waiting. */
export function memoryBus(mood: BusMood = 'well') {
  const events: CloudEvent[] = [];
  const held: (() => void)[] = [];
  let attempts = 0;
  const connection: BusConnection = {
    async publish(event) {
      attempts++;
      if (bus.mood === 'refusing') throw new AssayError('bus-unavailable', 'The bus is away.');
      if (bus.mood === 'hanging') await new Promise<void>((resolve) => held.push(resolve));
      events.push(event);
    },
    whenOpen: () => undefined,
    close: async () => undefined,
  };
  const bus = {
    mood,
    connection,
    events,
    get attempts() {
      return attempts;
    },
    /** Lets through what was left waiting. */
    release() {
      bus.mood = 'well';
      for (const go of held.splice(0)) go();
    },
  };
  return bus;
}
