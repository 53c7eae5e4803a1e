import { parentPort, workerData } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { type Request, type Response, type WorkerStart } from './messages.ts';
import { openReplica } from './replica.ts';
import { openStepRunner } from './run-step.ts';

const port = parentPort;
if (port === null) throw new Error('step-worker.ts runs as a worker thread only.');
const send = (response: Response, transfer: ArrayBuffer[] = []) => {
  port.postMessage(response, transfer);
};
const fail = (error: unknown) => {
  const known = error instanceof AssayError;
  const message = error instanceof Error ? error.message : String(error);
  send({ kind: 'failed', code: known ? error.code : 'training-failed', message });
};

try {
  const { options, initial, place } = workerData as WorkerStart;
  const runner = place ? await openReplica(options, initial, place) : await openStepRunner(options, initial);
  const answer = async (request: Request): Promise<void> => {
    switch (request.kind) {
      case 'step': {
        const result = await runner.step(request.batch, request.learningRate);
        send({ kind: 'step', result }, [result.logits.buffer as ArrayBuffer]);
        break;
      }
      case 'snapshot':
        send({ kind: 'snapshot', state: runner.state });
        break;
      case 'restore':
        runner.restore(request.state);
        send({ kind: 'done' });
        break;
      case 'close':
        await runner.close();
        send({ kind: 'done' });
        port.close();
    }
  };
  // One after another: a step must not start before the one before it has left its state.
  let last = Promise.resolve();
  port.on('message', (request: Request) => {
    last = last.then(() => answer(request)).catch(fail);
  });
  send({ kind: 'ready' });
} catch (error) {
  fail(error);
}
