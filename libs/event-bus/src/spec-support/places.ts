import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PubSub } from '@google-cloud/pubsub';
import type { Topic } from '@assay/schema';
import type { DeliveryPolicy } from '../event-bus.ts';
import { findPubsubEmulator, startPubsubEmulator } from './pubsub-emulator.ts';

/** Somewhere a bus can be. */
export interface Place {
  /** The URL of a bus that nobody has used. */
  fresh(): string;
  policy: DeliveryPolicy;
  /** Puts texts on a topic, past all checks. */
  publishText(url: string, topic: Topic, texts: readonly string[]): Promise<void>;
  /** Waits for longer than the bus takes to hand out what it may. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export interface PlaceKind {
  name: string;
  skip: boolean;
  start(): Promise<Place>;
}

const wait = (milliseconds: number) => new Promise<void>((wake) => setTimeout(wake, milliseconds));

async function startSqlite(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'event-bus-'));
  let count = 0;
  return {
    fresh: () => `sqlite:${join(folder, `${count++}`, 'events.db')}`,
    policy: { ackDeadlineMs: 20_000, maxAttempts: 5, minBackoffMs: 10, maxBackoffMs: 40 },
    async publishText(url, topic, texts) {
      const database = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 5000 });
      const insert = database.prepare('INSERT INTO event (topic, published, text) VALUES (?, ?, ?)');
      for (const text of texts) insert.run(topic, Date.now(), text);
      database.close();
    },
    quiet: () => wait(100),
    stop: () => rm(folder, { recursive: true }),
  };
}

async function startPubsub(jar: string): Promise<Place> {
  const { endpoint, close } = await startPubsubEmulator(jar);
  let count = 0;
  return {
    fresh: () => `pubsub://project-${count++}?endpoint=${endpoint}`,
    // The emulator accepts backoff and goes without it.
    policy: { ackDeadlineMs: 10_000, maxAttempts: 5, minBackoffMs: 10, maxBackoffMs: 40 },
    async publishText(url, topic, texts) {
      const client = new PubSub({
        projectId: new URL(url).hostname,
        apiEndpoint: endpoint,
        emulatorMode: true,
      });
      for (const text of texts) await client.topic(topic).publishMessage({ data: Buffer.from(text) });
      await client.close();
    },
    quiet: () => wait(300),
    stop: close,
  };
}

const emulator = findPubsubEmulator();

export const places: PlaceKind[] = [
  { name: 'an SQLite file', skip: false, start: startSqlite },
  {
    name: emulator === undefined ? 'Pub/Sub (its emulator is not on this machine)' : "Pub/Sub's emulator",
    skip: emulator === undefined,
    start: () => startPubsub(emulator!),
  },
];
