/** Body of the thread that owns the database of a bus, so that no commit blocks the event loop. Started by `openBusWorker` only. */
import { parentPort, workerData } from 'node:worker_threads';
import { toFailure } from './bus-fault.ts';
import { openEventDatabase, type EventDatabase } from './event-database.ts';
import type { Answer, Request } from './requests.ts';

/** How often the thread looks whether another process has changed something: a microsecond's work. Milliseconds. */
const LOOK_EVERY = 25;

const port = parentPort!;
const post = (answer: Answer) => port.postMessage(answer);

try {
  serve(openEventDatabase((workerData as { path: string }).path));
  post({ kind: 'opened' });
} catch (error) {
  post({ kind: 'failed', failure: toFailure(error) });
}

function serve(database: EventDatabase): void {
  let seen = versionOf(database);
  const outlooks = new Map<number, string | undefined>();
  const look = () => {
    const version = versionOf(database);
    if (version === seen) return;
    seen = version;
    let isNew = false;
    for (const [subscription, before] of outlooks) {
      const outlook = outlookOf(database, subscription);
      outlooks.set(subscription, outlook);
      isNew ||= outlook === undefined || outlook !== before;
    }
    if (isNew) post({ kind: 'changed' });
  };
  const timer = setInterval(look, LOOK_EVERY);
  port.on('message', (request: Request | 'close') => {
    if (request === 'close') {
      clearInterval(timer);
      database.close();
      port.close();
      return;
    }
    const said = answer(database, request);
    if (request.call === 'subscribe' && said.kind === 'result')
      outlooks.set(said.result as number, undefined);
    post(said);
  });
}

/** `undefined` while it cannot be read: the calls that follow say why. */
function versionOf(database: EventDatabase): number | undefined {
  try {
    return database.version();
  } catch {
    return undefined;
  }
}

/** `undefined` while it cannot be read. */
function outlookOf(database: EventDatabase, subscription: number): string | undefined {
  try {
    return database.outlook(subscription);
  } catch {
    return undefined;
  }
}

function answer(database: EventDatabase, request: Request): Answer {
  const { id } = request;
  try {
    const call = database[request.call] as (argument: unknown) => unknown;
    return { kind: 'result', id, result: call(request.arguments) };
  } catch (error) {
    return { kind: 'fault', id, failure: toFailure(error) };
  }
}
