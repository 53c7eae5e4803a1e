import { describe, expect, it } from '@jest/globals';
import {
  emptyLive,
  liveReducer,
  MOST_LIVE,
  readLive,
  type LiveList,
  type LivePrediction,
} from './live-list.ts';

const prediction = (id: string) => ({ id, time: '2026-11-20T17:00:00Z' }) as LivePrediction;
const came = (list: LiveList, ...ids: string[]) =>
  ids.reduce((before, id) => liveReducer(before, { type: 'came', prediction: prediction(id) }), list);
const ids = (list: readonly LivePrediction[]) => list.map(({ id }) => id);

describe('the live tail', () => {
  it('shows the latest first', () => {
    expect(ids(came(emptyLive, 'a', 'b').shown)).toEqual(['b', 'a']);
  });

  it('that is held keeps what comes aside, and shows it when it goes on', () => {
    const held = came(liveReducer(came(emptyLive, 'a'), { type: 'hold' }), 'b', 'c');
    expect([ids(held.shown), ids(held.held)]).toEqual([['a'], ['c', 'b']]);
    const on = liveReducer(held, { type: 'go on' });
    expect([ids(on.shown), on.held, on.count]).toEqual([['c', 'b', 'a'], [], 3]);
  });

  it('shows what comes twice after a break once', () => {
    expect(came(emptyLive, 'a', 'b', 'a').count).toBe(2);
  });

  it('is bounded, held or not', () => {
    const names = Array.from({ length: MOST_LIVE + 20 }, (_, at) => String(at));
    const full = came(emptyLive, ...names);
    expect([full.shown.length, full.count, full.shown[0]!.id]).toEqual([MOST_LIVE, MOST_LIVE + 20, '119']);
    const held = came(liveReducer(emptyLive, { type: 'hold' }), ...names);
    expect(held.held).toHaveLength(MOST_LIVE);
    expect(liveReducer(came(liveReducer(full, { type: 'hold' }), 'z'), { type: 'go on' }).shown).toHaveLength(
      MOST_LIVE,
    );
  });

  it('passes over what is no prediction', () => {
    expect(['', '{', '7', 'null', '{"id":1}'].map(readLive)).toEqual(Array(5).fill(undefined));
    expect(readLive('{"id":"a","time":"t"}')?.id).toBe('a');
  });
});
