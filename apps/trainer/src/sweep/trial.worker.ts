import { parentPort } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { silentOutput } from '../output.ts';
import { runTrial } from './run-trial.ts';
import type { TrialRequest, TrialResponse } from './trial-messages.ts';

const port = parentPort;
if (port === null) throw new Error('trial.worker.ts runs as a worker thread only.');
const send = (response: TrialResponse) => port.postMessage(response);
const stop = new AbortController();

port.on('message', (request: TrialRequest) => {
  if (request.kind === 'stop') stop.abort();
  else
    runTrial(request.order, { output: silentOutput(), signal: stop.signal }).then(
      (record) => send({ kind: 'ended', record }),
      (error: unknown) =>
        send({
          kind: 'failed',
          code: error instanceof AssayError ? error.code : 'training-failed',
          message: error instanceof Error ? error.message : String(error),
        }),
    );
});
