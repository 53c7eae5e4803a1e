import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listAll, openObjectStore } from '@assay/object-store';
import fc from 'fast-check';
import { openPredictionLog } from './prediction-log.ts';
import { feedback, linesOf, prediction, refusal, START } from './spec-support/events.ts';
import { all, temporaryLog, type TemporaryLog } from './spec-support/temporary-log.ts';

const HOUR = 3_600_000;
const window = { from: new Date(START), to: new Date(START + 2 * HOUR) };

/** A few predictions of two hours and what was said of them, some of it twice or three times. */
const predictions = Array.from({ length: 8 }, (_, n) =>
  n === 5 ? refusal(n, n * 900_000) : prediction(n, n * 900_000),
);
const said = [
  feedback(1, predictions[0]!, { label: 'cat' }),
  feedback(2, predictions[0]!, { label: 'dog', after: 90_000 }),
  feedback(3, predictions[6]!, { label: 'dog', after: 30 * HOUR }),
  // At the same moment: the greater id holds.
  feedback(5, predictions[3]!, { label: 'bird' }),
  feedback(4, predictions[3]!, { label: 'cat' }),
];
const expected = predictions.map(({ data }) => ({
  prediction: data,
  feedback: said
    .map(({ data: one }) => one)
    .filter(({ predictionId }) => predictionId === data.id)
    .toSorted((a, b) => (a.time + a.id < b.time + b.id ? -1 : 1)),
}));
const truths = ['dog', null, null, 'bird', null, null, 'dog', null];

/** Where one delivery of an event ends up: a sink files by its hour, others by arrival. */
const delivery = (count: number) =>
  fc.record({
    event: fc.nat(count - 1),
    writer: fc.constantFrom('sink-a', 'sink-b', 'other'),
    object: fc.nat(2),
  });

describe('whatever the order, the duplicates and the objects', () => {
  let place: TemporaryLog;
  beforeAll(async () => {
    place = await temporaryLog();
  });
  afterAll(() => place.close());

  it('the log reads the same, before and after it is compacted', async () => {
    let round = 0;
    const run = fc.asyncProperty(
      fc.array(delivery(predictions.length), { maxLength: 12 }),
      fc.array(delivery(said.length), { maxLength: 6 }),
      fc.array(fc.constantFrom('whole', 'torn'), { minLength: 3, maxLength: 3 }),
      async (again, saidAgain, ends) => {
        const store = await openObjectStore(`file:${place.folder}/${round++}`);
        const objects = new Map<string, unknown[]>();
        const file = (topic: string, events: readonly { time: string }[], where: typeof again) => {
          const once = events.map((_, event) => ({
            event,
            writer: `sink-${event % 2 ? 'a' : 'b'}`,
            object: event % 3,
          }));
          for (const { event, writer, object } of [...where, ...once]) {
            const one = events[event]!;
            // Filed by arrival: three hours late.
            const at = new Date(Date.parse(one.time) + (writer === 'other' ? 3 * HOUR : 0)).toISOString();
            const key = `${topic}/${at.slice(0, 10)}/${at.slice(11, 13)}/${writer}-${object}.jsonl`;
            objects.set(key, [...(objects.get(key) ?? []), one]);
          }
        };
        file('predictions', predictions, again);
        file('feedback', said, saidAgain);
        let n = 0;
        for (const [key, events] of objects)
          await store.put(
            key,
            linesOf(events) + (ends[n++ % 3] === 'torn' ? '{"specversion":"1.0","id":' : ''),
          );

        const log = await openPredictionLog(store, { threads: 1 });
        const check = async () => {
          expect(await all(log.records(window))).toEqual(expected);
          const sql = 'SELECT feedback_label FROM predictions ORDER BY time';
          expect((await all(log.query(sql, { window }))).map((row) => row.feedback_label)).toEqual(truths);
          expect((await log.list(window)).predictions).toEqual(expected.toReversed());
        };
        await check();
        const { left } = await log.compact();
        expect(left).toEqual([]);
        await check();
        for await (const { key } of listAll(store)) expect(key).toMatch(/\/compacted-v1-[0-9a-f]+\.parquet$/);
        await log.close();
      },
    );
    await fc.assert(run, { numRuns: 8 });
  }, 300_000);
});
