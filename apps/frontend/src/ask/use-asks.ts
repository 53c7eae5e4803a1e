import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useConnection } from '../api/connection.ts';
import { isAway } from '../api/problem.ts';
import { wordsFor } from '../api/problem-words.ts';
import type { ExplanationMethod } from '../api/types.ts';
import { isUnderWay, type Ask } from './ask.ts';
import { asksReducer, noAsks, type AskEvent, type Asks } from './asks-reducer.ts';
import { remember } from './history.ts';
import { sendPicture } from './send-picture.ts';

/** Pictures on their way at a time: one goes up while another is thought about. */
const AT_A_TIME = 2;

/** After a failure the service is looked at again so much later, milliseconds. */
const LOOK_AGAIN_MS = 1500;

/** A picture that is to be asked about. */
export interface Picture {
  readonly name: string;
  readonly file: Blob;
}

export interface AskedOf {
  readonly model: string;
  readonly explain: ExplanationMethod | undefined;
}

/** The questions of this visit, and what can be done with them. */
export interface AsksControl extends Asks {
  add(pictures: readonly Picture[], of: AskedOf): void;
  cancel(key: string): void;
  retry(key: string): void;
  select(key: string): void;
  remove(keys: readonly string[]): void;
}

/** Asks about pictures, a few at a time; what fails because a service is away goes on when it is back. */
export function useAsks(): AsksControl {
  const [asks, dispatch] = useReducer(asksReducer, noAsks);
  const queries = useQueryClient();
  const running = useRef(new Map<string, AbortController>());
  const { seenAt } = useConnection();

  useEffect(() => {
    if (seenAt > 0) dispatch({ kind: 'service-seen', at: seenAt });
  }, [seenAt]);

  useEffect(() => {
    const room = AT_A_TIME - asks.list.filter(isUnderWay).length;
    const next = asks.list.filter(({ key, state }) => state.step === 'waiting' && !running.current.has(key));
    for (const ask of next.slice(0, Math.max(0, room))) {
      const abort = new AbortController();
      running.current.set(ask.key, abort);
      void run(ask, { signal: abort.signal, dispatch }).then((wasAway) => {
        running.current.delete(ask.key);
        if (wasAway) setTimeout(() => void queries.refetchQueries({ queryKey: ['ready'] }), LOOK_AGAIN_MS);
      });
    }
  }, [asks.list, queries]);

  const add = useCallback((pictures: readonly Picture[], { model, explain }: AskedOf) => {
    const added = pictures.map(({ name, file }) => ({
      key: crypto.randomUUID(),
      name,
      file,
      url: URL.createObjectURL(file),
      model,
      explain,
      // Of many at once the answers are wanted soon.
      stability: pictures.length === 1,
      state: { step: 'waiting' } as const,
    }));
    dispatch({ kind: 'added', asks: added });
  }, []);

  const cancel = useCallback((key: string) => {
    running.current.get(key)?.abort();
    dispatch({ kind: 'moved', key, state: { step: 'cancelled' } });
  }, []);

  return {
    ...asks,
    add,
    cancel,
    retry: (key) => dispatch({ kind: 'moved', key, state: { step: 'waiting' } }),
    select: (key) => dispatch({ kind: 'selected', key }),
    remove(keys) {
      for (const { key, url } of asks.list) {
        if (!keys.includes(key)) continue;
        running.current.get(key)?.abort();
        URL.revokeObjectURL(url);
      }
      dispatch({ kind: 'removed', keys });
    },
  };
}

interface RunOptions {
  readonly signal: AbortSignal;
  dispatch(event: AskEvent): void;
}

/** Asks one question to its end. @returns whether no service answered */
async function run(ask: Ask, { signal, dispatch }: RunOptions): Promise<boolean> {
  const { key } = ask;
  const start = performance.now();
  dispatch({ kind: 'moved', key, state: { step: 'sending', share: 0 } });
  try {
    const { answer, stages } = await sendPicture(ask, {
      signal,
      onProgress(share) {
        if (signal.aborted) return;
        const state = share < 1 ? ({ step: 'sending', share } as const) : ({ step: 'thinking' } as const);
        dispatch({ kind: 'moved', key, state });
      },
    });
    const tookMs = performance.now() - start;
    dispatch({ kind: 'moved', key, state: { step: 'answered', answer, stages, tookMs } });
    await remember(ask, answer);
    return false;
  } catch (error) {
    if (signal.aborted) return false;
    const wasAway = isAway(error);
    dispatch({
      kind: 'moved',
      key,
      state: wasAway ? { step: 'away', since: Date.now() } : { step: 'refused', words: wordsFor(error) },
    });
    return wasAway;
  }
}
