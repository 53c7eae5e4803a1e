import { describe, expect, it } from '@jest/globals';
import type { Ask, AskState } from './ask.ts';
import { asksReducer, noAsks } from './asks-reducer.ts';

const ask = (key: string, state: AskState = { step: 'waiting' }): Ask => ({
  key,
  name: `${key}.png`,
  file: new Blob(),
  url: `blob:${key}`,
  model: 'tiny',
  explain: undefined,
  stability: false,
  state,
});
const added = (...asks: Ask[]) => asksReducer(noAsks, { kind: 'added', asks });

describe('the questions of a visit', () => {
  it('show the first of the latest that were added', () => {
    const two = asksReducer(added(ask('a')), { kind: 'added', asks: [ask('b'), ask('c')] });
    expect(two.list.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(two.selected).toBe('b');
  });

  it('move one by one', () => {
    const moved = asksReducer(added(ask('a'), ask('b')), {
      kind: 'moved',
      key: 'b',
      state: { step: 'thinking' },
    });
    expect(moved.list.map(({ state }) => state.step)).toEqual(['waiting', 'thinking']);
  });

  it('go on when a service was seen after they found none, and not when it was seen before', () => {
    const away = added(ask('a', { step: 'away', since: 100 }), ask('b', { step: 'cancelled' }));
    const steps = (at: number) =>
      asksReducer(away, { kind: 'service-seen', at }).list.map(({ state }) => state.step);
    expect(steps(100)).toEqual(['away', 'cancelled']);
    expect(steps(101)).toEqual(['waiting', 'cancelled']);
  });

  it('show another when the one that is looked at is removed, and keep it otherwise', () => {
    const three = added(ask('a'), ask('b'), ask('c'));
    expect(asksReducer(three, { kind: 'removed', keys: ['a'] }).selected).toBe('b');
    expect(asksReducer(three, { kind: 'removed', keys: ['c'] }).selected).toBe('a');
    expect(asksReducer(three, { kind: 'removed', keys: ['a', 'b', 'c'] })).toEqual(noAsks);
  });
});
