import { Worker } from 'node:worker_threads';
import type { Outcome } from './run-requests.ts';
import type { Answer, FromThread, SessionSettings, ToThread } from './session-messages.ts';
import { toError, type Session } from './session.ts';
import type { Tensors } from './tensor.ts';
import { transferable } from './transfer.ts';

/** A session in a thread, doing one thing at a time. */
export interface SessionWorker extends Pick<Session, 'inputs' | 'outputs'> {
  /**
   * Runs requests of equal `batchKey`. Their buffers are handed over and are empty afterwards.
   *
   * @returns one outcome per request; rejects only when the thread is lost meanwhile
   */
  run(requests: readonly Tensors[], outputs?: readonly string[]): Promise<readonly Outcome[]>;
  /** Settles when the session is gone, with the reason. */
  readonly lost: Promise<Error>;
  /** Frees the session; where it was the last one of its thread, the thread ends. Never call it while a run is under way. */
  close(): Promise<void>;
}

/** A thread in which sessions live; one of them runs at a time. It ends with the last of them. */
export interface SessionThread {
  /** How many sessions live in it or are being opened. */
  readonly sessions: number;
  /** Whether it has ended, or will take no more sessions. */
  readonly over: boolean;
  /**
   * Loads a model in the thread and warms it up.
   *
   * @throws AssayError `invalid-model` where the model does not load, `internal` where warm-up fails
   */
  open(settings: SessionSettings): Promise<SessionWorker>;
}

/**
 * Starts a thread. It is never terminated: `terminate()` during a run aborts the whole process.
 *
 * @param entry the thread's body
 */
export function startSessionThread(
  entry: URL = new URL('./session.worker.ts', import.meta.url),
): SessionThread {
  const worker = new Worker(entry, {
    name: 'assay-session',
    // Flags of the parent such as --input-type would be refused in a thread that runs a file.
    execArgv: [],
    // Tensors lie outside V8's heap: a thread that makes little else need not keep megabytes for short-lived objects.
    resourceLimits: { maxYoungGenerationSizeMb: 3 },
  });
  const channels = new Map<number, Channel>();
  const ended = Promise.withResolvers<undefined>();
  let opened = 0;
  let over = false;

  const end = (reason: Error) => {
    over = true;
    for (const channel of channels.values()) channel.lose(reason);
    channels.clear();
  };
  worker.once('error', end);
  worker.once('exit', (code) => {
    end(new Error(`The model worker ended with exit code ${code}.`));
    ended.resolve(undefined);
  });
  worker.on('message', ({ session, answer }: FromThread) => channels.get(session)?.take(answer));
  const tell = (message: ToThread, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);

  /** Forgets a session, and ends the thread with the last one. */
  const leave = async (session: number) => {
    channels.get(session)?.lose(new Error('The session was closed.'));
    channels.delete(session);
    if (channels.size > 0) return;
    if (!over) tell({ kind: 'end' });
    over = true;
    await ended.promise;
  };

  return {
    get sessions() {
      return channels.size;
    },
    get over() {
      return over;
    },
    async open(settings) {
      const session = ++opened;
      const channel = new Channel();
      channels.set(session, channel);
      tell({ kind: 'open', session, settings });
      const answer = await channel.next();
      if (answer.kind === 'failed') {
        await leave(session);
        throw toError(answer.failure);
      }
      if (answer.kind !== 'ready') throw new Error('The model worker did not report that it is ready.');
      return {
        inputs: answer.inputs,
        outputs: answer.outputs,
        lost: channel.lost,
        async run(requests, outputs) {
          const { sets, buffers } = transferable(requests);
          const next = channel.next();
          tell(
            { kind: 'run', session, requests: sets, ...(outputs === undefined ? {} : { outputs }) },
            buffers,
          );
          const done = await next;
          return done.kind === 'done' ? done.outcomes : [];
        },
        async close() {
          const closed = channel.next();
          tell({ kind: 'close', session });
          // Where the thread is lost meanwhile, the session is gone with it.
          await closed.catch(() => undefined);
          await leave(session);
        },
      };
    },
  };
}

/**
 * The answers to one session, one by one. A single waiting slot, because a race of promises against the end of the thread
 * would keep one reaction per request for as long as the thread lives.
 */
class Channel {
  readonly #lost = Promise.withResolvers<Error>();
  #waiting: PromiseWithResolvers<Answer> | undefined;
  #reason: Error | undefined;

  get lost(): Promise<Error> {
    return this.#lost.promise;
  }

  next(): Promise<Answer> {
    if (this.#reason !== undefined) return Promise.reject(this.#reason);
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }

  take(answer: Answer): void {
    this.#waiting?.resolve(answer);
  }

  lose(reason: Error): void {
    this.#reason ??= reason;
    this.#waiting?.reject(this.#reason);
    this.#lost.resolve(this.#reason);
  }
}
