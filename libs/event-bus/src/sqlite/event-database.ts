import { numberReader, openConnection } from './connection.ts';
import { deadLetters } from './dead-letters.ts';
import { deliveries } from './deliveries.ts';
import { publications } from './publications.ts';
import type { CallName, Calls } from './requests.ts';
import { retention } from './retention.ts';

/** The calls of a bus on its database. They block, for as long as the disk takes. */
export type EventDatabase = {
  [Name in CallName]: (argument: Calls[Name]['arguments']) => Calls[Name]['result'];
} & {
  /** Differs from the one before where there may be something new to claim for a subscription. */
  outlook(subscription: number): string;
  /** Changes when somebody else, or `publish` of this one, changed something. */
  version(): number;
  close(): void;
};

/**
 * Opens the database in two connections. What is published must survive a loss of power; of what subscribers write the
 * last moments may be lost with the power: then events are handed out again.
 *
 * @throws BusFault, or what SQLite throws
 */
export function openEventDatabase(path: string): EventDatabase {
  const publishers = openConnection(path, 'machine');
  const subscribers = openConnection(path, 'process');
  return {
    ...publications(publishers),
    ...deliveries(subscribers),
    ...deadLetters(subscribers),
    ...retention(subscribers),
    version: numberReader(subscribers, 'data_version'),
    close() {
      subscribers.close();
      publishers.close();
    },
  };
}
