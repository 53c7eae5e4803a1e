import type { EventBus } from '../event-bus.ts';
import type { BusSettings } from '../settings.ts';
export interface PubsubPlace {
  url: string;
  project: string;
  endpoint?: string;
}
export declare function openPubsubBus(place: PubsubPlace, settings: BusSettings): EventBus;
