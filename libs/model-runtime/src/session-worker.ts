import { Worker } from 'node:worker_threads';
import type { Outcome } from './run-requests.ts';
import { toError, type Session, type SessionInput } from './session.ts';
import type { Failure } from './session-fault.ts';
import type { SessionOptions } from './session-options.ts';
import type { Tensors } from './tensor.ts';
import { transferable } from './transfer.ts';

/** What a worker is started with. */
export interface WorkerSettings {
  /** Path of the ONNX file. */
  readonly model: string;
  readonly session: SessionOptions;
  /** Run once before the worker counts as ready. */
  readonly warmUp?: Tensors;
}

export type ToWorker =
  | { readonly kind: 'run'; readonly requests: readonly Tensors[]; readonly outputs?: readonly string[] }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly inputs: readonly SessionInput[]; readonly outputs: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'done'; readonly outcomes: readonly Outcome[] };

/** A session in a thread of its own, doing one thing at a time. */
export interface SessionWorker extends Pick<Session, 'inputs' | 'outputs'> {
  /**
   * Runs requests of equal `batchKey`. Their buffers are handed over and are empty afterwards.
   *
   * @returns one outcome per request; rejects only when the worker is lost meanwhile
   */
  run(requests: readonly Tensors[], outputs?: readonly string[]): Promise<readonly Outcome[]>;
  /** Settles when the thread has ended, with the reason. */
  readonly lost: Promise<Error>;
  /** Frees the session and lets the thread end. Never call it while a run is under way. */
  close(): Promise<void>;
}

/**
 * Starts a thread, loads the model in it and warms it up.
 *
 * The thread is never terminated: `terminate()` during a run aborts the whole process.
 *
 * @throws AssayError `invalid-model` where the model does not load, `internal` where warm-up fails
 */
export async function openSessionWorker(
  settings: WorkerSettings,
  entry: URL = new URL('./session.worker.ts', import.meta.url),
): Promise<SessionWorker> {
  // Flags of the parent such as --input-type would be refused in a thread that runs a file.
  const worker = new Worker(entry, { workerData: settings, name: 'assay-session', execArgv: [] });
  const answers = answersOf(worker);
  const ask = (message: ToWorker, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);

  const opened = await answers.next();
  if (opened.kind === 'failed') {
    await answers.ended;
    throw toError(opened.failure);
  }
  if (opened.kind !== 'ready') throw new Error('The model worker did not report that it is ready.');

  return {
    inputs: opened.inputs,
    outputs: opened.outputs,
    lost: answers.ended,
    async run(requests, outputs) {
      const { sets, buffers } = transferable(requests);
      const next = answers.next();
      ask({ kind: 'run', requests: sets, ...(outputs === undefined ? {} : { outputs }) }, buffers);
      const done = await next;
      return done.kind === 'done' ? done.outcomes : [];
    },
    async close() {
      ask({ kind: 'close' });
      await answers.ended;
    },
  };
}

/**
 * The messages of a worker one by one. A single waiting slot, because a race of promises against the end of
 * the thread would keep one reaction per request for as long as the thread lives.
 */
function answersOf(worker: Worker): { next(): Promise<FromWorker>; ended: Promise<Error> } {
  let waiting: PromiseWithResolvers<FromWorker> | undefined;
  let reason: Error | undefined;
  const ended = new Promise<Error>((resolve) => {
    const end = (error: Error) => {
      reason ??= error;
      waiting?.reject(reason);
      resolve(reason);
    };
    worker.once('error', end);
    worker.once('exit', (code) => end(new Error(`The model worker ended with exit code ${code}.`)));
  });
  worker.on('message', (message: FromWorker) => waiting?.resolve(message));
  return {
    ended,
    next() {
      if (reason !== undefined) return Promise.reject(reason);
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
  };
}
