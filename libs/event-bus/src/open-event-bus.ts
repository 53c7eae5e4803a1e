import { AssayError } from '@assay/schema';
import type { EventBus, EventBusOptions } from './event-bus.ts';

/**
 * Opens the bus that a URL names.
 *
 * @throws AssayError `invalid-configuration` if the URL is of no known form.
 */
export async function openEventBus(url: string, _options: EventBusOptions = {}): Promise<EventBus> {
  throw new AssayError('invalid-configuration', `"${url}" names no event bus.`);
}
