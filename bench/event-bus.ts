/**
 * The event bus in an SQLite file: durable events a second, published and handed out. Events are predictions as the service
 * publishes them. Beside them the same commits of one event each, and the time of one `fsync`, which the disk decides. Rounds
 * alternate, the fastest and the median count: on a busy machine the fastest is nearer to what the bus can do.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openEventBus, type EventBus } from '@assay/event-bus';
import { createEvent, type CloudEvent } from '@assay/schema';

const ROUNDS = 5;
const TARGET = 5000;
const MANY = 'published, 2000 calls at a time';

const folder = join(resolve(import.meta.dirname, '..'), '.assay/bench/event-bus');
rmSync(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

/** A prediction of an image, as long as most are. */
function prediction(n: number): CloudEvent {
  const id = `01890a5d-ac96-774b-bcce-${n.toString(16).padStart(12, '0')}`;
  const time = new Date(Date.UTC(2026, 4, 1) + n).toISOString();
  const sha256 = createHash('sha256').update(id).digest('hex');
  const number = (k: number) => Number(Math.sin(n + k).toPrecision(4));
  const share = Math.abs(number(0));
  return createEvent({
    type: 'assay.prediction.made.v1',
    id,
    source: '/inference-api',
    time,
    data: {
      id,
      time,
      requestId: id,
      model: {
        name: 'ai-vs-real',
        version: '1.0.0',
        digest: sha256,
        variant: 'int8',
        preprocessingDigest: sha256,
      },
      input: {
        kind: 'image',
        sha256,
        bytes: 48_213,
        format: 'jpeg',
        width: 1024,
        height: 768,
        properties: {
          aspect: 0.75,
          brightness: 127.53,
          contrast: 61.04,
          sharpness: 0.00412,
          saturation: 0.3127,
          redShare: 0.3519,
          greenShare: 0.3334,
          blueShare: 0.3147,
          entropy: 7.412,
          jpegQuality: 92,
        },
      },
      outcome: 'answered',
      answer: {
        prediction: 'real',
        probability: share,
        confidence: Math.max(share, 1 - share),
        margin: Math.abs(2 * share - 1),
        entropy: 0.61,
        decision: 'real',
        scores: { real: share, ai: 1 - share },
        embedding: Array.from({ length: 32 }, (_, k) => number(k)),
      },
      stages: {
        receive: 0.8,
        decode: 4.1,
        preprocess: 2.2,
        queue: 0.1,
        inference: 6.3,
        postprocess: 0.2,
        total: 13.9,
      },
    },
  });
}

let made = 0;
const events = (count: number) => Array.from({ length: count }, () => prediction(made++));

interface Figure {
  perSecond: number;
  /** Processor time of all threads an event, microseconds: the steadier figure on a busy machine. */
  cpu: number;
}

async function measure(count: number, work: () => Promise<unknown>): Promise<Figure> {
  const before = process.cpuUsage();
  const begin = performance.now();
  await work();
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: count / seconds, cpu: (user + system) / count };
}

/** Publishes with so many calls under way at a time. */
async function publish(bus: EventBus, batch: readonly CloudEvent[], concurrency: number): Promise<void> {
  const waiting = batch.values();
  const caller = async () => {
    for (const event of waiting) await bus.publish('predictions', event);
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
}

/** Takes so many events that the bus holds for a subscription, and acknowledges them. */
async function consume(bus: EventBus, name: string, count: number): Promise<void> {
  let seen = 0;
  const all = Promise.withResolvers<undefined>();
  const subscription = bus.subscribe('predictions', name, {
    maxOutstanding: 5000,
    handler(delivery) {
      delivery.ack();
      if (++seen === count) all.resolve(undefined);
    },
  });
  await all.promise;
  await subscription.drain(); // the acknowledgements are written
}

/** Seconds that the disk takes to keep one page. */
function fsyncTime(): number {
  const file = openSync(join(folder, 'fsync'), 'w');
  const page = Buffer.alloc(8192);
  const begin = performance.now();
  for (let n = 0; n < 20; n += 1) {
    writeSync(file, page);
    fsyncSync(file);
  }
  closeSync(file);
  return (performance.now() - begin) / 20_000;
}

const figures: Record<string, Figure[]> = {};
async function note(
  name: string,
  count: number,
  work: (batch: CloudEvent[]) => Promise<unknown>,
): Promise<void> {
  const batch = events(count);
  (figures[name] ??= []).push(await measure(count, () => work(batch)));
}
const syncs: number[] = [];

for (let round = 0; round < ROUNDS; round += 1) {
  const path = join(folder, `round-${round}.db`);
  const bus = await openEventBus(`sqlite:${path}`);
  syncs.push(fsyncTime());
  await note('published, one call at a time', 50, (batch) => publish(bus, batch, 1));
  await note('published, 64 calls at a time', 2000, (batch) => publish(bus, batch, 64));
  await note(MANY, 20_000, (batch) => publish(bus, batch, 2000));
  await note('handed out and acknowledged', 22_050, () => consume(bus, 'sink', 22_050));
  await note('both at once, end to end', 20_000, (batch) =>
    Promise.all([publish(bus, batch, 2000), consume(bus, 'sink', 20_000)]),
  );
  await bus.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

const sizes = events(100).map((event) => JSON.stringify(event).length);
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
console.log(`events of ${median(sizes)} bytes; one fsync ${(median(syncs) * 1000).toFixed(1)} ms (median)`);
for (const [name, all] of Object.entries(figures)) {
  const rates = all.map(({ perSecond }) => perSecond);
  console.log(
    `${name.padEnd(32)}  fastest ${Math.max(...rates)
      .toFixed(0)
      .padStart(6)}/s, median ${median(rates).toFixed(0).padStart(6)}/s, ` +
      `CPU ${median(all.map(({ cpu }) => cpu)).toFixed(0)} µs an event, n = ${ROUNDS}`,
  );
}
const best = Math.max(...figures[MANY]!.map(({ perSecond }) => perSecond));
console.log(
  `durable events a second: ${best.toFixed(0)}, at least ${TARGET} wanted: ${best >= TARGET ? 'reached' : 'NOT reached'}`,
);
rmSync(folder, { recursive: true, force: true });
