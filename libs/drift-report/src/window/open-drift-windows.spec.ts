import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  mergeProfiles,
  profileRecords,
  readReferenceProfile,
  type FeatureRow,
} from '@assay/drift-statistics';
import type { LoggedPrediction } from '@assay/prediction-log';
import type { CloudEvent, DriftProfile } from '@assay/schema';
import fc from 'fast-check';
import {
  HOUR,
  keyOfInput,
  loggedWorld,
  predictionOf,
  profile,
  rowOf,
  START,
  type LoggedWorld,
} from '../spec-support/logged-world.ts';
import type { DriftWindow } from './drift-window.ts';
import { openDriftWindows } from './open-drift-windows.ts';

const DAY = 24 * HOUR;
const window = { from: new Date(START), to: new Date(START + 4 * HOUR) };

/** What does not depend on how it was counted. */
const known = ({ cost: _, slices, images, ...rest }: DriftWindow) => ({
  ...rest,
  slices: Object.fromEntries(slices),
  images: Object.fromEntries(images),
});

/** Without the hours it is of: those without an answer are hours of the window, and unknown to the oracle. */
const counts = ({ sources: _, from: _from, to: _to, ...rest }: DriftProfile) => rest;

const said = fc.record(
  {
    at: fc.integer({ min: 0, max: 4 * HOUR - 1 }),
    client: fc.constantFrom('shop', 'it\'s "odd"', 'app'),
    format: fc.constantFrom('jpeg', 'png', 'webp'),
    brightness: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    width: fc.integer({ min: 1, max: 8000 }),
    prediction: fc.constantFrom('cat', 'dog', 'unseen', '__proto__'),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    scores: fc.constantFrom({}, { cat: 0.25 }, { dog: 1 }),
    embedding: fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 3 }),
    milliseconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
    outcome: fc.constantFrom('answered' as const, 'answered' as const, 'refused' as const, 'failed' as const),
    version: fc.constantFrom('1', '1', '1', '2'),
    kept: fc.boolean(),
  },
  { requiredKeys: ['at'] },
);

describe('a window of the log', () => {
  let world: LoggedWorld;
  beforeEach(async () => {
    world = await loggedWorld();
  });
  afterEach(() => world.close());

  const read = (of: LoggedWorld = world, over = window) =>
    openDriftWindows(of).read({ model: 'pets', window: over });

  /** Counts each record by itself: slow and plain. */
  async function oracle(
    of: LoggedWorld,
    slice = 'all',
    belongs: (one: LoggedPrediction) => boolean = () => true,
  ) {
    const reference = await readReferenceProfile(profile);
    const byHour = new Map<string, FeatureRow[]>();
    for await (const one of of.log.records(window)) {
      const { outcome, model, time } = one.prediction;
      if (outcome !== 'answered' || model?.version !== '1' || !belongs(one)) continue;
      const hour = time.slice(0, 13);
      byHour.set(hour, [...(byHour.get(hour) ?? []), rowOf(one)]);
    }
    return mergeProfiles(
      [...byHour].map(([hour, rows]): DriftProfile => {
        const source = `predictions/${hour.replace('T', '/')}`;
        return profileRecords(reference, { model: 'pets', version: '1', slice, hour, source }, rows);
      }),
    );
  }

  it('is the same, to the byte, however its records are spread, repeated, ordered and compacted, and is what a count of each record says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(said, { minLength: 1, maxLength: 30 }),
        fc.infiniteStream(fc.nat()),
        async (all, stream) => {
          const next = (most: number) => (stream.next().value as number) % most;
          const events = all.map(predictionOf);
          const [one, other] = [await loggedWorld(), await loggedWorld()];
          try {
            await one.put(events);
            const shards: CloudEvent<'assay.prediction.made.v1'>[][] = [[], [], []];
            for (const event of events.toSorted(() => next(3) - 1))
              for (let copies = next(2); copies >= 0; copies--) shards[next(3)]!.push(event);
            for (const shard of shards) await other.put(shard);
            for (const event of events.slice(0, 5))
              for (const place of [one, other]) {
                // The same feedback for both: its id and time are of no account.
                await place.say(event, 'dog', 9 * HOUR);
              }
            const first = await read(one);
            if (next(2)) await other.log.compact();
            const second = await read(other);
            expect(JSON.stringify(known(second))).toBe(JSON.stringify(known(first)));
            // From profiles alone.
            const third = await read(one);
            expect(third.cost).toMatchObject({ recordsRead: 0, hoursCounted: 0 });
            expect(JSON.stringify(known(third))).toBe(JSON.stringify(known(first)));
            if (first.profile.records > 0)
              expect(counts(first.profile)).toEqual(counts(withMissing(await oracle(one), first)));
            for (const slice of first.slices.values()) {
              const [dimension, value] = slice.slice.split(/=(.*)/s) as [string, string];
              if (dimension === 'size') continue;
              const belongs = ({ prediction }: LoggedPrediction) =>
                value ===
                (dimension === 'client'
                  ? prediction.client
                  : dimension === 'prediction'
                    ? prediction.answer?.prediction
                    : dimension === 'hour'
                      ? prediction.time.slice(11, 13)
                      : prediction.input?.kind === 'image' && prediction.input.format);
              expect(slice).toEqual(withMissing(await oracle(one, slice.slice, belongs), first));
            }
          } finally {
            await Promise.all([one.close(), other.close()]);
          }
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);

  /** The oracle's row lacks the value that predictions do not have, which counts as missing: so does the window. */
  const withMissing = (expected: DriftProfile, { reference }: DriftWindow) => {
    expect(Object.keys(expected.features)).toEqual(Object.keys(reference.features));
    return expected;
  };

  it('counts outcomes, confidence, latency, truths and fingerprints', async () => {
    const events = [
      predictionOf({ at: 0, confidence: 0.6, milliseconds: 4 }),
      predictionOf({ at: 1000, confidence: 0.9, prediction: 'dog', milliseconds: 40_000, kept: true }),
      predictionOf({ at: HOUR, confidence: 0.9, variant: 'fp32', milliseconds: 1 }),
      predictionOf({ at: HOUR + 1, outcome: 'refused' }),
      predictionOf({ at: HOUR + 2, outcome: 'cancelled' }),
      predictionOf({ at: 2 * HOUR, version: '2' }),
    ];
    await world.put(events);
    await world.say(events[0]!, 'dog');
    await world.say(events[0]!, 'cat', 120_000);
    await world.say(events[1]!, 'cat', 2 * DAY);
    const counted = await read();
    expect(counted.outcomes).toEqual([
      { hour: '2026-05-01T07', answered: 2, refused: 0, failed: 0, cancelled: 0 },
      { hour: '2026-05-01T08', answered: 1, refused: 1, failed: 0, cancelled: 1 },
      { hour: '2026-05-01T09', answered: 0, refused: 0, failed: 0, cancelled: 0 },
    ]);
    expect(counted.confidence.slice(0, 2)).toEqual([
      // 0.6 · 0.4 + 0.9 · 0.1
      { hour: '2026-05-01T07', records: 2, sum: 1.5, variance: 0.33 },
      { hour: '2026-05-01T08', records: 1, sum: 0.9, variance: 0.09 },
    ]);
    const { edges, counts } = counted.latency;
    expect(counts[0]).toBe(0);
    expect(counts[1 + edges.indexOf(1)]).toBe(1);
    expect(counts[1 + edges.indexOf(3)]).toBe(1);
    expect(counts.at(-1)).toBe(1);
    expect(counted.confusion).toEqual([
      { predicted: 'cat', truth: 'cat', count: 1 },
      { predicted: 'dog', truth: 'cat', count: 1 },
    ]);
    // 0.6 ends bin 8 of 15, (8/15, 9/15]; 0.9 lies in bin 13.
    expect(counted.feedback[8]).toEqual({ records: 1, confidence: 0.6, right: 1 });
    expect(counted.feedback[13]).toEqual({ records: 1, confidence: 0.9, right: 0 });
    expect(
      counted.fingerprints.map(({ part, value, records }) => [part, value.slice(0, 4), records]),
    ).toEqual([
      ['model', '1', 3],
      ['model', '2', 1],
      ['preprocessing', '2222', 3],
      ['variant', 'fp32', 1],
      ['variant', 'int8', 2],
    ]);
    expect(counted.fingerprints.at(-1)).toMatchObject({ from: events[0]!.time, to: events[1]!.time });
    expect([...counted.images]).toEqual([[events[1]!.id, keyOfInput(events[1]!)]]);
    expect(counted.sample.records.map(({ id }) => id).sort()).toEqual(
      events
        .slice(0, 3)
        .map(({ id }) => id)
        .sort(),
    );
    const [sampled] = counted.sample.records.filter(({ id }) => id === events[1]!.id);
    expect(Object.fromEntries(counted.sample.columns.map((name, at) => [name, sampled!.values[at]]))).toEqual(
      {
        'image.brightness': null,
        'image.area': 2e6,
        'image.format': 'jpeg',
        confidence: 0.9,
        prediction: 'dog',
        'score.cat': 0.9,
        'embedding.1': null,
        'no.such.value': null,
        time: events[1]!.time,
      },
    );
  });

  it('counts an hour anew when records or feedback come late, and only then', async () => {
    const events = [0, 1, 2].map((hour) => predictionOf({ at: hour * HOUR }));
    await world.put(events);
    expect((await read()).cost).toEqual({ recordsRead: 3, hoursFromProfiles: 0, hoursCounted: 3 });
    expect((await read()).cost).toEqual({ recordsRead: 0, hoursFromProfiles: 3, hoursCounted: 0 });
    await world.put([predictionOf({ at: HOUR + 5 })]);
    const late = await read();
    expect(late.cost).toEqual({ recordsRead: 2, hoursFromProfiles: 2, hoursCounted: 1 });
    expect(late.profile.records).toBe(4);
    await world.log.compact();
    expect((await read()).cost).toEqual({ recordsRead: 0, hoursFromProfiles: 3, hoursCounted: 0 });
    await world.say(events[2]!, 'dog', 30 * DAY);
    const heard = await read();
    expect(heard.confusion).toEqual([{ predicted: 'cat', truth: 'dog', count: 1 }]);
    expect(heard.cost.recordsRead).toBe(1);
    await world.log.forget([events[0]!.data.input!.sha256]);
    expect((await read()).profile.records).toBe(3);
  });

  it('counts the hour that is not over each time, up to the moment', async () => {
    await world.put([
      predictionOf({ at: 0 }),
      predictionOf({ at: HOUR + 1000 }),
      predictionOf({ at: HOUR + 9000 }),
    ]);
    const windows = openDriftWindows(world, { now: () => START + HOUR + 10_000 });
    const to = new Date(START + HOUR + 5000);
    const query = { model: 'pets', window: { from: new Date(START + 1), to } };
    const first = await windows.read(query);
    expect(first.window).toEqual({ from: new Date(START).toISOString(), to: to.toISOString() });
    expect(first.profile.records).toBe(2);
    expect((await windows.read(query)).cost).toEqual({
      recordsRead: 1,
      hoursFromProfiles: 1,
      hoursCounted: 1,
    });
  });

  it('has the week before, and the same hours of earlier weeks, where the log has any', async () => {
    await world.put([
      predictionOf({ at: 0 }),
      ...[-1, -7 * 24, -7 * 24 - 1, -14 * 24, -28 * 24, -35 * 24].map((hours) =>
        predictionOf({ at: hours * HOUR }),
      ),
    ]);
    const { before, season } = await read();
    expect(before?.profile.records).toBe(2);
    expect(before?.window).toEqual({
      from: new Date(START - 7 * DAY).toISOString(),
      to: new Date(START).toISOString(),
    });
    expect(season.map(({ window: of, profile: { records } }) => [of.from.slice(0, 13), records])).toEqual([
      ['2026-04-24T07', 1],
      ['2026-04-17T07', 1],
      ['2026-04-03T07', 1],
    ]);
    expect(
      (await read(world, { from: new Date(START - 8 * DAY), to: new Date(START + HOUR) })).season,
    ).toEqual([]);
  });

  it('slices by the most frequent values, however many there are', async () => {
    const events = Array.from({ length: 150 }, (_, n) =>
      predictionOf({ at: n, client: n < 100 ? `once ${n}` : `client ${n % 10}` }),
    );
    await world.put(events);
    const { slices } = await read();
    const clients = [...slices].filter(([name]) => name.startsWith('client='));
    expect(clients).toHaveLength(20);
    expect(clients.slice(0, 10).map(([name, { records }]) => [name, records])).toEqual(
      Array.from({ length: 10 }, (_, n) => [`client=client ${n}`, 5]),
    );
  });
});
