import type { Ask, AskState } from './ask.ts';

/** All questions of this visit, and the one that is looked at. */
export interface Asks {
  readonly list: readonly Ask[];
  readonly selected: string | undefined;
}

export type AskEvent =
  | { readonly kind: 'added'; readonly asks: readonly Ask[] }
  | { readonly kind: 'moved'; readonly key: string; readonly state: AskState }
  /** A service was seen at this moment. */
  | { readonly kind: 'service-seen'; readonly at: number }
  | { readonly kind: 'selected'; readonly key: string }
  | { readonly kind: 'removed'; readonly keys: readonly string[] };

export const noAsks: Asks = { list: [], selected: undefined };

/** What an event makes of the questions. The latest addition is looked at. */
export function asksReducer(asks: Asks, event: AskEvent): Asks {
  switch (event.kind) {
    case 'added':
      return { list: [...asks.list, ...event.asks], selected: event.asks[0]?.key ?? asks.selected };
    case 'moved':
      return {
        ...asks,
        list: asks.list.map((ask) => (ask.key === event.key ? { ...ask, state: event.state } : ask)),
      };
    case 'service-seen':
      return {
        ...asks,
        list: asks.list.map((ask) =>
          ask.state.step === 'away' && ask.state.since < event.at
            ? { ...ask, state: { step: 'waiting' } }
            : ask,
        ),
      };
    case 'selected':
      return { ...asks, selected: event.key };
    case 'removed': {
      const list = asks.list.filter(({ key }) => !event.keys.includes(key));
      const isGone = !list.some(({ key }) => key === asks.selected);
      return { list, selected: isGone ? list[0]?.key : asks.selected };
    }
  }
}
