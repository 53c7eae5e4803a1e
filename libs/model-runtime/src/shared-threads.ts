import type { SessionSettings } from './session-messages.ts';
import { startSessionThread, type SessionThread, type SessionWorker } from './session-thread.ts';

/** Threads in which the sessions of several models live. */
export interface SharedThreads {
  /** Opens a session in the thread that has the fewest. */
  open(settings: SessionSettings): Promise<SessionWorker>;
}

/**
 * Threads for models that are seldom asked: a thread costs some 15 MB however little it does, and the sessions in one wait for
 * each other. Threads are started as sessions come and end when the last of their sessions is closed.
 *
 * @param count how many there are at most
 */
export function shareThreads(count: number): SharedThreads {
  let threads: SessionThread[] = [];
  return {
    open(settings) {
      threads = threads.filter(({ over }) => !over);
      if (threads.length < count) threads.push(startSessionThread());
      const [emptiest] = threads.toSorted((a, b) => a.sessions - b.sessions);
      return emptiest!.open(settings);
    },
  };
}
