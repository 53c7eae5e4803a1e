import { AssayError } from '@assay/schema';
import type { EventBus, Subscription } from '../event-bus.ts';
import { gather } from '../gather.ts';
import { writeEvent } from '../incoming-event.ts';
import { checkOrderingKey, subscribeSettings, type BusSettings } from '../settings.ts';
import { openBusWorker } from './bus-worker.ts';
import { openPublisher } from './publisher.ts';
import type { NewRow } from './requests.ts';
import { subscribeSqlite } from './sqlite-subscription.ts';

/** One commit takes as many events as came meanwhile, up to these limits. */
const COMMIT_EVENTS = 1000;
const COMMIT_CHARACTERS = 8_000_000;

/** How often is looked for events that are too old. Milliseconds. */
const EXPIRE_EVERY = 600_000;

const DAY = 86_400_000;

/** Where the bus is, and how much it holds. */
export interface SqlitePlace {
  url: string;
  path: string;
  /** Beyond it `publish` is refused. Bytes. */
  maxBytes: number;
  /** What is older and not settled is removed. Days. */
  retentionDays: number;
}

/** @throws AssayError `bus-forbidden`, `bus-full`, `bus-damaged`, `bus-unavailable`, `invalid-configuration` */
export async function openSqliteBus(place: SqlitePlace, settings: BusSettings): Promise<EventBus> {
  const { url, path, maxBytes, retentionDays } = place;
  const { now, policy, report } = settings;
  const worker = await openBusWorker(path);
  const publisher = await openPublisher(path, worker).catch(async (error: unknown) => {
    await worker.close();
    throw error;
  });
  const subscriptions = new Set<Subscription>();
  let closed: Promise<void> | undefined;

  const commit = async (rows: NewRow[]) => {
    await publisher.publish({ rows, now: now(), maxBytes });
    worker.published([...new Set(rows.map(({ topic }) => topic))]);
  };
  const commits = gather(commit, {
    items: COMMIT_EVENTS,
    weight: COMMIT_CHARACTERS,
    weigh: ({ text }) => text.length,
  });

  async function expire(): Promise<void> {
    try {
      const gone = await worker.call('expire', { before: now() - retentionDays * DAY, now: now() });
      for (const { topic, events } of gone) report(expired(topic, events, place));
    } catch (error) {
      if (!closed) report(error as AssayError);
    }
  }
  const expiry = setInterval(() => void expire(), EXPIRE_EVERY);
  expiry.unref();
  void expire();

  const requireOpen = () => {
    if (closed) throw new AssayError('shutting-down', `The event bus ${url} is closed: open it again.`);
  };

  async function close(): Promise<void> {
    clearInterval(expiry);
    await Promise.all([...subscriptions].map((subscription) => subscription.drain()));
    await commits.idle();
    await publisher.close();
    await worker.close();
  }

  return {
    url,
    async publish(topic, event, { orderingKey } = {}) {
      requireOpen();
      checkOrderingKey(orderingKey);
      await commits.add({ topic, text: writeEvent(event, topic), orderingKey });
    },
    subscribe(topic, name, handler) {
      requireOpen();
      const options = subscribeSettings(name, handler);
      const subscription = subscribeSqlite({ topic, name, ...options }, { worker, policy, report, now });
      subscriptions.add(subscription);
      return subscription;
    },
    async deadLetters(topic, name) {
      requireOpen();
      const rows = await worker.call('deadLetters', { topic, name });
      return rows.map((row) => ({ ...row, parked: new Date(row.parked) }));
    },
    async redrive(topic, name) {
      requireOpen();
      return worker.call('redrive', { topic, name, now: now() });
    },
    close: () => (closed ??= close()),
  };
}

function expired(topic: string, events: number, { url, retentionDays }: SqlitePlace): AssayError {
  return new AssayError(
    'bus-full',
    `${events} events of the topic ${topic} were removed from ${url}: in ${retentionDays} days nobody settled them. ` +
      'Start what subscribes to it, or keep them longer: sqlite:…?retention-days=N.',
  );
}
