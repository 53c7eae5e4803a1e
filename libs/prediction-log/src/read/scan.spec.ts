import { describe, expect, it } from '@jest/globals';
import { feedback, linesOf, prediction, refusal, START } from '../spec-support/events.ts';
import { freshLogs } from '../spec-support/temporary-log.ts';
import type { Scan, ScanBatch } from './scan.ts';
import { addId, digestText, noIds } from './id-digest.ts';

const HOUR = 3_600_000;
const window = { from: new Date(START), to: new Date(START + 2 * HOUR) };
const numbers = ['image.brightness', 'score.cat', 'embedding.2', 'scopeDistance'];
const texts = ['outcome', 'image.format', 'label'];

interface Collected {
  rows: Record<string, unknown>[];
  passedOver: Record<number, number>;
  ids: ReturnType<typeof noIds>;
}
const collect: Scan<Collected> = {
  begin: () => ({ rows: [], passedOver: {}, ids: noIds() }),
  add: ({ rows, ids }, batch: ScanBatch) => {
    for (const row of batch.rows) {
      addId(ids, batch.hashes.high[row]!, batch.hashes.low[row]!);
      rows.push({
        id: batch.id(row),
        lead: batch.lead(row),
        time: batch.times[row],
        values: batch.numbers.map((column) => column[row]),
        texts: batch.texts[row],
        kept: batch.kept(row),
      });
    }
  },
  passOver: ({ passedOver }, hour, count) => {
    passedOver[(hour - START) / HOUR] = (passedOver[(hour - START) / HOUR] ?? 0) + count;
  },
};
const scanned = ({ rows }: Collected) => rows.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1));

describe('a scan', () => {
  const place = freshLogs();
  const scan = () => place.log.scan({ window, model: 'pets', numbers, texts }, collect);
  const kept = prediction(3);
  if (kept.data.input?.kind === 'image') kept.data.input.stored = true;
  const late = prediction(4, HOUR + 5000);
  const other = prediction(6, 6000, { model: { ...prediction(6).data.model!, name: 'others' } });
  const events = [prediction(1), refusal(2), kept, prediction(1), other];
  const fill = async () => {
    await place.store.put('predictions/2026-05-01/07/sink-a-0.jsonl', linesOf(events));
    await place.store.put(
      'predictions/2026-05-01/08/sink-a-0.jsonl',
      linesOf([late, kept, prediction(5, 3 * HOUR)]),
    );
    await place.store.put(
      'feedback/2026-05-01/07/sink-a-0.jsonl',
      linesOf([feedback(1, kept, { label: 'it\'s "odd"' })]),
    );
  };

  it('has each prediction of the model and the window once, with its feedback, before and after a compaction', async () => {
    await fill();
    const before = await scan();
    expect(scanned(before).map(({ values, texts: said, kept: digest }) => [values, said, digest])).toEqual([
      [[1, 0.9, -1.25, 12.5], ['answered', 'jpeg', null], null],
      [[2, NaN, NaN, NaN], ['refused', 'jpeg', null], null],
      [[3, 0.9, -1.25, 12.5], ['answered', 'jpeg', 'it\'s "odd"'], kept.data.input!.sha256],
      [[4, 0.9, -1.25, 12.5], ['answered', 'jpeg', null], null],
    ]);
    expect(before.rows.every(({ time }) => (time as number) >= START)).toBe(true);
    await place.log.compact();
    const after = await scan();
    expect(scanned(after)).toEqual(scanned(before));
    expect(after.ids).toEqual(before.ids);
  });

  it('tells how many lines of which hour were passed over', async () => {
    await fill();
    const newer = { ...prediction(7), type: 'assay.prediction.made.v2' };
    await place.store.put(
      'predictions/2026-05-01/08/sink-b-0.jsonl',
      `${linesOf([newer])}no JSON\n{"id":"torn`,
    );
    await place.store.put('predictions/2026-05-01/07/compacted-v99-x.parquet', 'of a newer release');
    await place.store.put('predictions/2026-05-01/07/compacted-v1-x.parquet', 'damaged');
    const result = await scan();
    expect(result.rows).toHaveLength(4);
    expect(result.passedOver).toEqual({ 0: 2, 1: 3 });
  });

  it('finds nothing in an empty log, and refuses a value that predictions do not have', async () => {
    expect((await scan()).rows).toEqual([]);
    await expect(
      place.log.scan({ window, model: 'pets', numbers: ['image.smell'], texts: [] }, collect),
    ).rejects.toMatchObject({ code: 'invalid-query' });
  });
});

describe('the hours of the log', () => {
  const place = freshLogs();
  const put = (hour: string, name: string, ...events: unknown[]) =>
    place.store.put(`predictions/2026-05-01/${hour}/${name}.jsonl`, linesOf(events));
  const digests = (hours = [START]) => place.log.digests({ hours, model: 'pets' });

  it('are those with objects; a new object, or feedback, changes the hour', async () => {
    expect(await place.log.hours(window)).toEqual([]);
    await put('07', 'sink-a-0', prediction(1));
    const [before, ...none] = await place.log.hours(window);
    expect(none).toEqual([]);
    expect(before).toMatchObject({ hour: START, compacted: false, feedback: '+' });
    await put('07', 'sink-b-0', prediction(1));
    const [more] = await place.log.hours(window);
    expect(more!.objects).not.toBe(before!.objects);
    const said = feedback(1, prediction(1), { after: 5 * HOUR });
    await place.store.put('feedback/2026-05-01/12/sink-a-0.jsonl', linesOf([said, said]));
    const [heard] = await place.log.hours(window);
    expect(heard).toEqual({ ...more, feedback: expect.stringMatching(/^\+1-/) as unknown });
    await place.log.compact();
    const [compacted] = await place.log.hours(window);
    expect(compacted).toMatchObject({ compacted: true, feedback: heard!.feedback });
    expect(compacted!.objects).not.toBe(more!.objects);
  });

  it('may lie in objects that are filed by arrival, up to a day later', async () => {
    await put('20', 'pubsub-0', prediction(1));
    expect((await place.log.hours(window)).map(({ hour }) => (hour - START) / HOUR)).toEqual([0, 1]);
  });

  it('have a digest that only their predictions change', async () => {
    await put('07', 'sink-a-0', prediction(1), prediction(2), prediction(1), refusal(3));
    expect(await digests()).toEqual(new Map());
    await place.log.compact();
    const ids = (await place.log.scan({ window, model: 'pets', numbers: [], texts: [] }, collect)).ids;
    expect(ids.count).toBe(3);
    expect(await digests()).toEqual(new Map([[START, digestText(ids)]]));
    await put('07', 'sink-b-0', prediction(4));
    await place.log.compact();
    expect((await digests()).get(START)).not.toBe(digestText(ids));
  });
});
