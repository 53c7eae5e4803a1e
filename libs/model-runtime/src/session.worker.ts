/** Body of a worker thread that owns one session. Started by `openSessionWorker` only. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { openNativeSession } from './native-session.ts';
import { runRequests } from './run-requests.ts';
import { toFailure } from './session-fault.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './session-worker.ts';
import { transferable } from './transfer.ts';

const port = parentPort as MessagePort;
const settings = workerData as WorkerSettings;

const post = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

try {
  const session = await openNativeSession(settings.model, settings.session);
  if (settings.warmUp !== undefined) await session.run(settings.warmUp);

  port.on('message', async (message: ToWorker) => {
    if (message.kind === 'close') {
      await session.close();
      port.close();
      return;
    }
    const outcomes = await runRequests(session, message.requests, message.outputs);
    const { sets, buffers } = transferable(
      outcomes.map((outcome) => ('tensors' in outcome ? outcome.tensors : {})),
    );
    const posted = outcomes.map((outcome, i) =>
      'tensors' in outcome ? { tensors: sets[i] ?? {} } : outcome,
    );
    post({ kind: 'done', outcomes: posted }, buffers);
  });
  post({ kind: 'ready', inputs: session.inputs, outputs: session.outputs });
} catch (error) {
  post({ kind: 'failed', failure: toFailure(error) });
}
