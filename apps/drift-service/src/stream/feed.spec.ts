import { describe, expect, it } from '@jest/globals';
import type { PredictionRecord } from '@assay/schema';
import { prediction } from '../predictions.fixture.ts';
import { createFeed } from './feed.ts';

const records = Array.from({ length: 5 }, () => prediction().data);
const [a, b, c, d, e] = records as [
  PredictionRecord,
  PredictionRecord,
  PredictionRecord,
  PredictionRecord,
  PredictionRecord,
];

describe('a feed', () => {
  it('tells each listener of each prediction once, until it stops listening', () => {
    const feed = createFeed();
    const heard: PredictionRecord[] = [];
    feed.push(a);
    const stop = feed.listen((record) => heard.push(record));
    feed.push(b);
    feed.push(b);
    feed.push(a);
    stop();
    feed.push(c);
    expect(heard).toEqual([b]);
  });

  it('knows what came after one of the latest, and forgets the oldest', () => {
    const feed = createFeed(3);
    for (const record of [d, b, c, a]) feed.push(record);
    expect(feed.latest()).toEqual([b, c, a]);
    expect(feed.after(b.id)).toEqual([c, a]);
    expect(feed.after(a.id)).toEqual([]);
    expect(feed.after(d.id)).toBeUndefined();
    expect(feed.after(e.id)).toBeUndefined();
  });
});
