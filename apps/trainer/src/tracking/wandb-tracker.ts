import { Worker } from 'node:worker_threads';
import type { TrackerCredentials } from './config.ts';
import { TrackerRefusal, type Tracker, type TrackingEvent } from './tracker.ts';
import type { WandbAnswer, WandbQuestion, WandbTarget } from './wandb.worker.ts';

/**
 * A run at Weights & Biases, through their SDK in a thread of its own: the SDK asks for keys on the terminal,
 * prints, ends the process on Ctrl-C and throws where nobody can catch it; in a thread none of that reaches the
 * training run.
 */
export function wandbTracker(
  target: { project: string; entity?: string | undefined; url?: string | undefined },
  credentials: TrackerCredentials['wandb'],
): Tracker {
  let thread: ReturnType<typeof startThread> | undefined;
  return {
    name: `Weights & Biases at ${target.url ?? 'https://api.wandb.ai'}`,
    record: async (event, signal) => {
      if (event.type === 'begin') {
        await thread?.stop();
        thread = startThread({
          ...target,
          apiKey: credentials.apiKey,
          id: event.run.name.replace(/[^\w-]/g, '-').slice(-120),
        });
      }
      if (thread === undefined) throw new TrackerRefusal('the run was not begun there');
      await thread.ask(event, signal);
    },
    close: async () => thread?.stop(),
  };
}

function startThread(target: WandbTarget) {
  const worker = new Worker(new URL('./wandb.worker.ts', import.meta.url), {
    workerData: target,
    stdin: true,
    stdout: true,
    stderr: true,
    execArgv: ['--no-warnings', '--disable-warning=DEP0040'],
  });
  worker.unref();
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let complaint: string | undefined;
  let dead: Error | undefined;
  let asked = 0;
  const die = (error: Error) => {
    dead ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.stdout.resume();
  // The SDK reports requests that failed for good here and nowhere else.
  worker.stderr.on('data', (text: Buffer) => (complaint ??= text.toString('utf8').trim().slice(0, 300)));
  worker.on('error', (error: Error) => die(new Error(`its SDK failed: ${error.message}`)));
  worker.on('exit', () => die(new TrackerRefusal('its SDK has ended')));
  worker.on('message', ({ id, error, refused = false }: WandbAnswer) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    const said = error ?? complaint;
    complaint = undefined;
    if (said === undefined) resolve?.();
    else reject?.(refused || error === undefined ? new TrackerRefusal(said) : new Error(said));
  });
  return {
    ask: (event: TrackingEvent, signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        if (dead) {
          reject(dead instanceof TrackerRefusal ? dead : new TrackerRefusal(dead.message));
          return;
        }
        const id = asked++;
        waiting.set(id, { resolve, reject });
        signal.addEventListener('abort', () => waiting.delete(id));
        worker.postMessage({ id, event } satisfies WandbQuestion);
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
}
