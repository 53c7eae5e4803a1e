import { Worker } from 'node:worker_threads';
import { AssayError, type Topic } from '@assay/schema';
import type { Answer, CallName, Calls, Request } from './requests.ts';
import { sqliteError } from './sqlite-error.ts';

type ChangeListener = (topics?: readonly Topic[]) => void;

/** The database of a bus, in a thread of its own. Calls are carried out in the order in which they are made. */
export interface BusWorker {
  /** @throws AssayError `bus-…`, in the words of {@link sqliteError} */
  call<Name extends CallName>(name: Name, argument: Calls[Name]['arguments']): Promise<Calls[Name]['result']>;
  /** Is called when there may be something new to claim: in these topics, or in any, by others. @returns What ends it. */
  onChange(listener: ChangeListener): () => void;
  /** Tells the listeners that something was published in these topics. */
  published(topics: readonly Topic[]): void;
  close(): Promise<void>;
}

/**
 * Starts the thread and opens the database in it.
 *
 * @throws AssayError `bus-forbidden`, `bus-full`, `bus-damaged`, `bus-unavailable`, `invalid-configuration`
 */
export async function openBusWorker(path: string): Promise<BusWorker> {
  const entry = new URL('./bus.worker.ts', import.meta.url);
  // Flags of the parent such as --input-type would be refused in a thread that runs a file.
  const worker = new Worker(entry, {
    workerData: { path },
    name: 'assay-event-bus',
    execArgv: [],
    // Texts pass through and are forgotten: megabytes for short-lived objects would only be held.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<ChangeListener>();
  const opened = Promise.withResolvers<undefined>();
  const ended = Promise.withResolvers<undefined>();
  let lost: AssayError | undefined;
  let count = 0;

  const end = (why: string) => {
    lost ??= new AssayError('bus-unavailable', `The event bus ${path} is closed (${why}).`);
    opened.reject(lost);
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
    ended.resolve(undefined);
  };
  const settle = (id: number, how: (promise: PromiseWithResolvers<unknown>) => void) => {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (promise) how(promise);
  };
  const tell: ChangeListener = (topics) => {
    for (const listener of listeners) listener(topics);
  };
  worker.on('message', (answer: Answer) => {
    switch (answer.kind) {
      case 'opened':
        opened.resolve(undefined);
        break;
      case 'failed':
        opened.reject(sqliteError(answer.failure, path));
        break;
      case 'result':
        settle(answer.id, ({ resolve }) => resolve(answer.result));
        break;
      case 'fault':
        settle(answer.id, ({ reject }) => reject(sqliteError(answer.failure, path)));
        break;
      case 'changed':
        tell();
        break;
    }
  });
  worker.once('error', (error) => end(error instanceof Error ? error.message : String(error)));
  worker.once('exit', (exitCode) => end(`its thread ended with code ${exitCode}`));
  await opened.promise;

  return {
    call(name, argument) {
      if (lost) return Promise.reject(lost);
      const promise = Promise.withResolvers<unknown>();
      const id = count++;
      waiting.set(id, promise);
      const request = { id, call: name, arguments: argument } as Request;
      worker.postMessage(request);
      return promise.promise as never;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    published: tell,
    async close() {
      if (!lost) worker.postMessage('close');
      await ended.promise;
    },
  };
}
