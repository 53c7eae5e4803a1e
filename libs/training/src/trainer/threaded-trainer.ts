import { Worker } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { type Request, type Response, type WorkerStart } from './messages.ts';
import { type Trainer } from './trainer.ts';

/**
 * A training step in a thread of its own.
 *
 * @param onEnd Told when the thread has ended, for whatever reason.
 * @throws AssayError when the network or its state does not fit
 */
export async function openThreadedTrainer(start: WorkerStart, onEnd?: () => void): Promise<Trainer> {
  const worker = new Worker(new URL('./step-worker.ts', import.meta.url), {
    workerData: start,
    name: 'assay-training-step',
    // Flags of the parent such as --input-type would be refused in a thread that runs a file.
    execArgv: [],
  });
  const waiting: { resolve: (response: Response) => void; reject: (error: Error) => void }[] = [];
  let ended: Error | undefined;

  const end = (error: Error): void => {
    ended ??= error;
    onEnd?.();
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.on('message', (response: Response) => {
    const caller = waiting.shift();
    if (response.kind === 'failed') caller?.reject(new AssayError(response.code, response.message));
    else caller?.resolve(response);
  });
  worker.on('error', (cause) =>
    end(new AssayError('training-failed', 'The training thread failed.', { cause })),
  );
  worker.on('exit', () => end(new AssayError('training-failed', 'The training thread has ended.')));

  const next = () =>
    new Promise<Response>((resolve, reject) => {
      if (ended) reject(ended);
      else waiting.push({ resolve, reject });
    });
  const ask = async <Kind extends Response['kind']>(
    request: Request,
    kind: Kind,
    transfer: ArrayBuffer[] = [],
  ): Promise<Extract<Response, { kind: Kind }>> => {
    const answer = next();
    if (!ended) worker.postMessage(request, transfer);
    const response = await answer;
    if (response.kind !== kind)
      throw new AssayError(
        'training-failed',
        `The training thread answered ${response.kind} to ${request.kind}.`,
      );
    return response as Extract<Response, { kind: Kind }>;
  };

  await next();
  return {
    async step(batch, learningRate) {
      const transfer = [batch.examples.buffer, batch.targets.buffer];
      return (await ask({ kind: 'step', batch, learningRate }, 'step', transfer)).result;
    },
    snapshot: async () => (await ask({ kind: 'snapshot' }, 'snapshot')).state,
    restore: async (state) => {
      await ask({ kind: 'restore', state }, 'done');
    },
    async close() {
      if (ended) return;
      const exited = new Promise((resolve) => worker.once('exit', resolve));
      await ask({ kind: 'close' }, 'done');
      await exited;
    },
  };
}
