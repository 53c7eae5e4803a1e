import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AssayError, type CloudEvent } from '@assay/schema';
import { openEventBus, type EventBus, type EventBusOptions } from './index.ts';
import { collect, idsOf } from './spec-support/collector.ts';
import { lettersOf } from './spec-support/letters-of.ts';
import { feedback, promotion } from './spec-support/events.ts';
import { places, type Place } from './spec-support/places.ts';

const code = (expected: string) => expect.objectContaining({ name: 'AssayError', code: expected });
const range = (count: number) => Array.from({ length: count }, (_, n) => n);
const sorted = (ids: readonly string[]) => ids.toSorted();

/** A Java server takes a second to start, and minutes on a machine that is busy. Milliseconds. */
const STARTS_A_SERVER = 240_000;

/** Every bus keeps the same contract. */
describe.each(places)('$name', ({ start, skip }) => {
  const check = skip ? it.skip : it;
  let place: Place;
  let starting: Promise<Place> | undefined;
  let errors: AssayError[];
  const open: EventBus[] = [];

  beforeAll(async () => {
    if (skip) return;
    starting = start();
    place = await starting;
  }, STARTS_A_SERVER);
  afterAll(async () => (await starting)?.stop(), STARTS_A_SERVER);
  beforeEach(() => {
    errors = [];
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((bus) => bus.close()));
  });

  /** A bus; `fresh` one that nobody has used before. */
  async function bus(url = place.fresh(), options: EventBusOptions = {}): Promise<EventBus> {
    const opened = await openEventBus(url, {
      onError: (error) => errors.push(error),
      ...options,
      policy: { ...place.policy, ...options.policy },
    });
    open.push(opened);
    return opened;
  }

  check('hands every event to every subscription, as it was published', async () => {
    const events = await bus();
    const [first, second] = [collect((delivery) => delivery.ack()), collect((delivery) => delivery.ack())];
    events.subscribe('models', 'first', first.handler);
    events.subscribe('models', 'second', { handler: second.handler });
    const sent: CloudEvent = {
      ...promotion(1),
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    };
    await events.publish('models', sent);
    await events.publish('models', promotion(2));
    for (const { until } of [first, second]) {
      const deliveries = await until(2);
      expect(sorted(idsOf(deliveries))).toEqual(['promotion-1', 'promotion-2']);
      expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 1]);
      expect(deliveries.find(({ event }) => event.id === 'promotion-1')!.event).toEqual(sent);
    }
  });

  check('keeps topics apart', async () => {
    const events = await bus();
    const [models, answers] = [collect((delivery) => delivery.ack()), collect((delivery) => delivery.ack())];
    events.subscribe('models', 'reader', models.handler);
    events.subscribe('feedback', 'reader', answers.handler);
    await Promise.all([events.publish('models', promotion(1)), events.publish('feedback', feedback(1))]);
    expect(idsOf(await models.until(1))).toEqual(['promotion-1']);
    expect(idsOf(await answers.until(1))).toEqual([feedback(1).id]);
  });

  check(
    'keeps events for a subscription while nobody subscribes, and then hands out what was not settled',
    async () => {
      const url = place.fresh();
      const events = await bus(url);
      const before = collect((delivery) => delivery.ack());
      const subscription = events.subscribe('models', 'reader', before.handler);
      await events.publish('models', promotion(1));
      await before.until(1);
      await subscription.drain();
      await events.publish('models', promotion(2));
      await events.close();

      const after = collect((delivery) => delivery.ack());
      (await bus(url)).subscribe('models', 'reader', after.handler);
      expect(idsOf(await after.until(1))).toEqual(['promotion-2']);
    },
  );

  check('divides the events of a subscription among those who share its name', async () => {
    const url = place.fresh();
    const ids = range(60).map((n) => promotion(n).id);
    const all = collect((delivery) => setTimeout(() => delivery.ack(), 5));
    const readers = [await bus(url), await bus(url)];
    for (const reader of readers)
      reader.subscribe('models', 'workers', { handler: all.handler, maxOutstanding: 3 });
    const writer = readers[0]!;
    await Promise.all(range(60).map((n) => writer.publish('models', promotion(n))));
    expect(sorted(idsOf(await all.until(60)))).toEqual(sorted(ids));
  });

  check('hands out again what was not acknowledged, and counts', async () => {
    const events = await bus();
    const got = collect((delivery) => (delivery.attempt < 3 ? delivery.nack() : delivery.ack()));
    events.subscribe('models', 'reader', got.handler);
    await events.publish('models', promotion(1));
    const deliveries = await got.until(3);
    expect(idsOf(deliveries)).toEqual(['promotion-1', 'promotion-1', 'promotion-1']);
    expect(deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(errors).toEqual([]);
  });

  check('reports a handler that fails, and hands the event out again', async () => {
    const events = await bus();
    const got = collect((delivery) => {
      if (delivery.attempt === 1) throw new Error('no room for birds');
      delivery.ack();
    });
    events.subscribe('models', 'reader', async (delivery) => got.handler(delivery));
    await events.publish('models', promotion(1));
    await got.until(2);
    expect(errors).toEqual([code('internal')]);
    expect(errors[0]!.message).toBe(
      'The handler of the event promotion-1 (assay.model.promoted.v1) failed at attempt 1: no room for birds',
    );
  });

  check('parks what fails at every attempt, says so, and hands it out again when asked', async () => {
    const events = await bus();
    let repaired = false;
    const got = collect((delivery) => {
      if (!repaired && delivery.event.id === 'promotion-1') delivery.nack();
      else delivery.ack();
    });
    events.subscribe('models', 'reader', got.handler);
    await events.publish('models', promotion(1));
    await events.publish('models', promotion(2));
    await got.until(place.policy.maxAttempts + 1);
    const [letter, ...more] = await lettersOf(events, 1);
    expect(more).toEqual([]);
    expect(JSON.parse(letter!.text)).toEqual(promotion(1));
    expect(letter!.attempts).toBe(place.policy.maxAttempts);
    expect(letter!.reason).toContain(`Handed out ${place.policy.maxAttempts} times and not acknowledged`);

    repaired = true;
    expect(await events.redrive('models', 'reader')).toBe(1);
    const last = (await got.until(place.policy.maxAttempts + 2)).at(-1)!;
    expect([last.event.id, last.attempt]).toEqual(['promotion-1', 1]);
    expect(await events.deadLetters('models', 'reader')).toEqual([]);
  });

  check('parks a version that is newer than this release, damaged data and what is no event', async () => {
    const url = place.fresh();
    const events = await bus(url);
    const got = collect((delivery) => delivery.ack());
    events.subscribe('models', 'reader', got.handler);
    await events.publish('models', promotion(1)); // whatever has to be made, is made
    await got.until(1);
    const poison = [
      JSON.stringify({ ...promotion(2), type: 'assay.model.promoted.v2', data: { models: ['birds'] } }),
      JSON.stringify({ ...promotion(3), data: { model: 'birds' } }),
      JSON.stringify({ ...feedback(4) }),
      JSON.stringify({ ...promotion(5), type: 'org.example.unheard' }),
      '{"specversion":"1.0",',
    ];
    await place.publishText(url, 'models', poison);
    await events.publish('models', promotion(6));
    expect(idsOf(await got.until(2))).toEqual(['promotion-1', 'promotion-6']);
    const parked = await lettersOf(events, poison.length);
    expect(sorted(parked.map(({ text }) => text))).toEqual(sorted(poison));
    const reasonOf = (text: string) => parked.find((letter) => letter.text === text)!.reason;
    expect(reasonOf(poison[0]!)).toMatch(
      /"assay.model.promoted.v2".* knows assay.model.promoted.v1 only: .*update/,
    );
    expect(reasonOf(poison[1]!)).toMatch(/promotion-3 are not assay.model.promoted.v1: alias: .*version: /);
    expect(reasonOf(poison[2]!)).toMatch(
      /Expected an event of the topic models, received assay.feedback.given.v1/,
    );
    expect(reasonOf(poison[3]!)).toMatch(/No event is of type "org.example.unheard"; there are: assay.pred/);
    expect(reasonOf(poison[4]!)).toMatch(/Expected an event as JSON, received 21 characters that are none/);
    expect(idsOf(got.deliveries)).toEqual(['promotion-1', 'promotion-6']);
  });

  check('refuses to publish what is no event, or belongs to another topic', async () => {
    const events = await bus();
    await expect(events.publish('feedback', promotion(1))).rejects.toEqual(code('invalid-event'));
    await expect(events.publish('feedback', promotion(1))).rejects.toThrow(/which belongs to models/);
    const damaged = { ...promotion(1), time: 'yesterday' };
    await expect(events.publish('models', damaged)).rejects.toThrow(/Expected a CloudEvent 1.0 .*time: /);
    const named = { ...promotion(1), 'not-an-attribute': 'x' };
    await expect(events.publish('models', named)).rejects.toThrow(
      /not-an-attribute: expected attributes with/,
    );
    await expect(events.publish('models', promotion(1), { orderingKey: '' })).rejects.toThrow(/1 to 256/);
    expect(() => events.subscribe('models', 'Not A Name', () => {})).toThrow(/cannot name a subscription/);
    expect(() => events.subscribe('models', 'reader', { handler: () => {}, maxOutstanding: 0 })).toThrow(
      /maxOutstanding is 0: expected a whole number/,
    );
  });

  check('hands out no more than may be outstanding', async () => {
    const events = await bus();
    const got = collect();
    events.subscribe('models', 'reader', { handler: got.handler, maxOutstanding: 3 });
    await Promise.all(range(9).map((n) => events.publish('models', promotion(n))));
    const settled = new Set<string>();
    for (let seen = 3; seen <= 9; seen += 3) {
      const deliveries = await got.until(seen);
      await place.quiet();
      expect(got.deliveries).toHaveLength(seen);
      for (const delivery of deliveries) {
        settled.add(delivery.event.id);
        delivery.ack();
      }
    }
    expect(settled.size).toBe(9);
  });

  check('keeps the order of a key, also when an event of it fails', async () => {
    const events = await bus();
    const failed = new Set<string>();
    const done: Record<string, string[]> = { birds: [], wine: [] };
    const finished = Promise.withResolvers<undefined>();
    let held = 0;
    events.subscribe('models', 'reader', async (delivery) => {
      const { id, subject } = delivery.event;
      held += 1;
      await new Promise((wake) => setTimeout(wake, 2));
      held -= 1;
      if (Number(id.slice('promotion-'.length)) % 5 === 3 && !failed.has(id)) {
        failed.add(id);
        delivery.nack();
        return;
      }
      done[subject!]!.push(id);
      delivery.ack();
      if (done.birds!.length + done.wine!.length === 20) finished.resolve(undefined);
      expect(delivery.orderingKey).toBe(subject);
      expect(held).toBeLessThan(2);
    });
    const of = (model: string) => (n: number) => promotion(n, model);
    await Promise.all(
      range(20).map((n) => {
        const model = n % 2 === 0 ? 'birds' : 'wine';
        return events.publish('models', of(model)(n), { orderingKey: model });
      }),
    );
    await finished.promise;
    expect(done.birds).toEqual(range(10).map((n) => `promotion-${2 * n}`));
    expect(done.wine).toEqual(range(10).map((n) => `promotion-${2 * n + 1}`));
    expect(failed.size).toBe(4);
  });

  check('takes back what is held too long, unless it is extended; a late answer does nothing', async () => {
    const events = await bus();
    const got = collect((delivery) => {
      if (delivery.event.id === 'promotion-2') {
        delivery.extend(60_000);
        delivery.extend(1); // never shorter
      }
    });
    events.subscribe('models', 'reader', { handler: got.handler, maxHoldMs: 150, drainMs: 1 });
    await Promise.all([events.publish('models', promotion(1)), events.publish('models', promotion(2))]);
    const deliveries = await got.until(3);
    expect(sorted(idsOf(deliveries))).toEqual(['promotion-1', 'promotion-1', 'promotion-2']);
    const [first, second] = deliveries.filter(({ event }) => event.id === 'promotion-1');
    first!.ack(); // too late: the second delivery counts
    second!.nack();
    expect((await got.until(4))[3]!.attempt).toBe(3);
  });

  check('drains: waits for what is held, gives back the rest, hands out nothing more', async () => {
    const events = await bus();
    const got = collect();
    const subscription = events.subscribe('models', 'reader', { handler: got.handler, drainMs: 1500 });
    await Promise.all(range(4).map((n) => events.publish('models', promotion(n))));
    await got.until(4);
    const drained = subscription.drain();
    for (const delivery of got.deliveries.slice(0, 2)) delivery.ack();
    await drained;
    await subscription.drain(); // again: nothing
    const given = sorted(idsOf(got.deliveries.slice(2)));
    for (const delivery of got.deliveries) delivery.ack(); // too late

    const next = collect((delivery) => delivery.ack());
    events.subscribe('models', 'reader', next.handler);
    await events.publish('models', promotion(9));
    expect(sorted(idsOf(await next.until(3)))).toEqual([...given, 'promotion-9']);
    expect(got.deliveries).toHaveLength(4);
    expect(errors).toEqual([]);
  });

  check('finishes what is being published when it closes, and takes nothing more', async () => {
    const url = place.fresh();
    const events = await bus(url);
    const first = collect();
    events.subscribe('models', 'reader', { handler: first.handler, drainMs: 1 });
    const published = Promise.all(range(50).map((n) => events.publish('models', promotion(n))));
    await events.close();
    await published;
    await expect(events.publish('models', promotion(50))).rejects.toEqual(code('shutting-down'));
    expect(() => events.subscribe('models', 'reader', () => {})).toThrow(/is closed/);
    const second = collect((delivery) => delivery.ack());
    (await bus(url)).subscribe('models', 'reader', second.handler);
    await second.until(50);
    expect(new Set(idsOf(second.deliveries)).size).toBe(50);
  });

  check('loses and doubles nothing of a thousand events that are published at once', async () => {
    const events = await bus();
    const got = collect((delivery) => delivery.ack());
    events.subscribe('feedback', 'sink', got.handler);
    await Promise.all(range(1000).map((n) => events.publish('feedback', feedback(n))));
    await got.until(1000);
    expect(new Set(idsOf(got.deliveries)).size).toBe(1000);
  });
});
