import { Worker } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import type { TrialRecord } from '@assay/training-runs';
import type { TrialOrder } from './run-trial.ts';
import type { TrialRequest, TrialResponse } from './trial-messages.ts';

/** A thread that runs one trial after another. */
export interface TrialThread {
  /** As `runTrial`; one at a time. */
  run(order: TrialOrder): Promise<TrialRecord>;
  close(): Promise<void>;
}

/** @param signal Makes the trial under way write a checkpoint and end. */
export function openTrialThread(signal: AbortSignal): TrialThread {
  const worker = new Worker(new URL('./trial.worker.ts', import.meta.url), {
    name: 'assay-trial',
    execArgv: [],
  });
  let waiting: PromiseWithResolvers<TrialRecord> | undefined;
  const tell = (request: TrialRequest) => worker.postMessage(request);
  const fail = (detail: string, cause?: unknown) =>
    waiting?.reject(new AssayError('training-failed', detail, { cause }));
  worker.on('message', (response: TrialResponse) => {
    if (response.kind === 'ended') waiting?.resolve(response.record);
    else waiting?.reject(new AssayError(response.code, response.message));
  });
  worker.on('error', (cause) => fail('The thread of a trial failed.', cause));
  worker.on('exit', () => fail('The thread of a trial has ended.'));
  const stop = () => tell({ kind: 'stop' });
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return {
    run(order) {
      waiting = Promise.withResolvers();
      tell({ kind: 'run', order });
      return waiting.promise;
    },
    async close() {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    },
  };
}
