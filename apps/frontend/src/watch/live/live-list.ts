import type { RememberedPrediction } from '../../api/types.ts';

/** A prediction as the stream tells it: what was said of it later is not part of it. */
export type LivePrediction = Omit<RememberedPrediction, 'feedback'>;

/** What the live tail shows. */
export interface LiveList {
  /** The latest first. */
  readonly shown: readonly LivePrediction[];
  /** What came while it was held, the latest first. */
  readonly held: readonly LivePrediction[];
  readonly isHeld: boolean;
  /** How many came in all. */
  readonly count: number;
}

export type LiveAction =
  | { readonly type: 'came'; readonly prediction: LivePrediction }
  | { readonly type: 'hold' }
  | { readonly type: 'go on' };

/** Most that is kept of the shown and of the held: a tail, not a log. */
export const MOST_LIVE = 100;

export const emptyLive: LiveList = { shown: [], held: [], isHeld: false, count: 0 };

/** What the tail shows after something happened. One that comes twice, as it may after a break, is shown once. */
export function liveReducer(list: LiveList, action: LiveAction): LiveList {
  switch (action.type) {
    case 'came': {
      const { prediction } = action;
      const isKnown = [...list.shown, ...list.held].some(({ id }) => id === prediction.id);
      if (isKnown) return list;
      const into = list.isHeld ? 'held' : 'shown';
      return { ...list, count: list.count + 1, [into]: [prediction, ...list[into]].slice(0, MOST_LIVE) };
    }
    case 'hold':
      return { ...list, isHeld: true };
    case 'go on':
      return { ...list, isHeld: false, shown: [...list.held, ...list.shown].slice(0, MOST_LIVE), held: [] };
  }
}

/** Reads an event of the stream; undefined for what is none. */
export function readLive(data: string): LivePrediction | undefined {
  try {
    const value: unknown = JSON.parse(data);
    const { id, time } = value as Partial<LivePrediction>;
    return typeof id === 'string' && typeof time === 'string' ? (value as LivePrediction) : undefined;
  } catch {
    return undefined;
  }
}
