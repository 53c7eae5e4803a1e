/** Body of a worker thread that owns one session. Started by `openSessionWorker` only. */
import { parentPort, workerData } from 'node:worker_threads';
import { freeTensors } from './free-tensors.ts';
import { openNativeSession } from './native-session.ts';
import { runRequests } from './run-requests.ts';
import { toFailure } from './session-fault.ts';
import type { Session } from './session.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './session-worker.ts';
import { transferable } from './transfer.ts';

const port = parentPort!;
const settings = workerData as WorkerSettings;

const post = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

try {
  const session = await openNativeSession(settings.model, settings.session);
  if (settings.warmUp !== undefined) await session.run(settings.warmUp);
  port.on(
    'message',
    (message: ToWorker) => void (message.kind === 'close' ? close(session) : run(session, message)),
  );
  post({ kind: 'ready', inputs: session.inputs, outputs: session.outputs });
} catch (error) {
  post({ kind: 'failed', failure: toFailure(error) });
}

async function close(session: Session): Promise<void> {
  await session.close();
  port.close();
}

async function run(session: Session, { requests, outputs }: ToWorker & { kind: 'run' }): Promise<void> {
  const outcomes = await runRequests(session, requests, outputs);
  const { sets, buffers } = transferable(
    outcomes.map((outcome) => ('tensors' in outcome ? outcome.tensors : {})),
  );
  const posted = outcomes.map((outcome, i) => ('tensors' in outcome ? { tensors: sets[i]! } : outcome));
  post({ kind: 'done', outcomes: posted }, buffers);
  requests.forEach(freeTensors);
}
