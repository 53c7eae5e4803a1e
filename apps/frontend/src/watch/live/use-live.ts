import { useEffect, useReducer, useState, type Dispatch } from 'react';
import { DRIFT } from '../../api/client.ts';
import { emptyLive, liveReducer, readLive, type LiveAction, type LiveList } from './live-list.ts';

export type LiveState = 'connecting' | 'open' | 'away';

/** A connection that was ended for good is begun anew after this time, milliseconds. */
const AGAIN_MS = 3000;

/** Predictions as they come. A connection that breaks is made again, and brings what came meanwhile. @param model all where left out */
export function useLive(model?: string): [LiveList, LiveState, Dispatch<LiveAction>] {
  const [list, dispatch] = useReducer(liveReducer, emptyLive);
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const query = model === undefined ? '' : `?model=${encodeURIComponent(model)}`;
    const open = () => {
      source = new EventSource(`${DRIFT}/predictions/stream${query}`);
      source.addEventListener('open', () => setState('open'));
      source.addEventListener('prediction', ({ data }: MessageEvent<string>) => {
        const prediction = readLive(data);
        if (prediction !== undefined) dispatch({ type: 'came', prediction });
      });
      source.addEventListener('error', () => {
        setState('away');
        // The browser tries again by itself, but not after a refusal such as 429 or 502.
        if (source.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
      });
    };
    open();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, [model]);
  return [list, state, dispatch];
}
