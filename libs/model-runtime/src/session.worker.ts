/** Body of a thread of sessions. Started by `startSessionThread` only. */
import { parentPort } from 'node:worker_threads';
import { freeTensors } from './free-tensors.ts';
import { openNativeSession } from './native-session.ts';
import { runRequests } from './run-requests.ts';
import { toFailure } from './session-fault.ts';
import type { Answer, FromThread, SessionSettings, ToThread } from './session-messages.ts';
import type { Session } from './session.ts';
import { transferable } from './transfer.ts';
import { yieldToOthers } from './yield-to-others.ts';

yieldToOthers();

const port = parentPort!;
const sessions = new Map<number, Session>();

port.on('message', (message: ToThread) => {
  if (message.kind === 'end') port.close();
  else void handle(message);
});

async function handle(message: Exclude<ToThread, { kind: 'end' }>): Promise<void> {
  const { session } = message;
  const post = (answer: Answer, transfer: ArrayBuffer[] = []) =>
    port.postMessage({ session, answer } satisfies FromThread, transfer);
  if (message.kind === 'open') post(await open(session, message.settings));
  else if (message.kind === 'run') await run(sessions.get(session)!, message, post);
  else {
    await sessions.get(session)?.close();
    sessions.delete(session);
    post({ kind: 'closed' });
  }
}

async function open(number: number, settings: SessionSettings): Promise<Answer> {
  let session: Session | undefined;
  try {
    session = await openNativeSession(settings.model, settings.session);
    if (settings.warmUp !== undefined) await session.run(settings.warmUp);
    sessions.set(number, session);
    return { kind: 'ready', inputs: session.inputs, outputs: session.outputs };
  } catch (error) {
    await session?.close();
    return { kind: 'failed', failure: toFailure(error) };
  }
}

async function run(
  session: Session,
  { requests, outputs }: Extract<ToThread, { kind: 'run' }>,
  post: (answer: Answer, transfer: ArrayBuffer[]) => void,
): Promise<void> {
  const outcomes = await runRequests(session, requests, outputs);
  const { sets, buffers } = transferable(
    outcomes.map((outcome) => ('tensors' in outcome ? outcome.tensors : {})),
  );
  const posted = outcomes.map((outcome, i) => ('tensors' in outcome ? { tensors: sets[i]! } : outcome));
  post({ kind: 'done', outcomes: posted }, buffers);
  requests.forEach(freeTensors);
}
