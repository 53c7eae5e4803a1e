import { Worker } from 'node:worker_threads';
import { AssayError } from '@assay/schema';
import { type Request, type Response, type WorkerStart } from './messages.ts';
import {
  type Batch,
  openStepRunner,
  type StepResult,
  type StepRunner,
  type StepRunnerOptions,
} from './run-step.ts';
import { type TrainingState } from './training-state.ts';

/** What {@link openTrainer} is told. */
export interface TrainerOptions extends StepRunnerOptions {
  /**
   * Whether steps run in a thread of their own, so that the caller can prepare the next batch meanwhile. Default
   * true; false for steps that take less time than the way to another thread and back, about 0.2 ms.
   */
  readonly ownThread?: boolean;
}

/** A network in training. */
export interface Trainer {
  /**
   * Forward, backward, update.
   *
   * @param batch handed over: its buffers cannot be used afterwards
   * @throws AssayError `training-failed` when the loss is no longer finite
   */
  step(batch: Batch, learningRate: number): Promise<StepResult>;
  /** A copy of the state after the steps so far. */
  snapshot(): Promise<TrainingState>;
  /** Continues from another state of the same network and optimiser. */
  restore(state: TrainingState): Promise<void>;
  /** Lets the running step end, then ends the thread. */
  close(): Promise<void>;
}

/** Compiles the step, and starts its thread. @throws AssayError when the network or its state does not fit. */
export async function openTrainer(options: TrainerOptions, initial: TrainingState): Promise<Trainer> {
  const { ownThread = true, ...step } = options;
  return ownThread
    ? await openThreadedTrainer({ options: step, initial })
    : asTrainer(await openStepRunner(step, initial));
}

/** A runner of steps as a trainer. Its state is replaced, never written to, so that it is its own copy. */
function asTrainer(runner: StepRunner): Trainer {
  return {
    step: (batch, learningRate) => runner.step(batch, learningRate),
    snapshot: () => Promise.resolve(runner.state),
    restore: (state) => Promise.resolve(runner.restore(state)),
    close: () => runner.close(),
  };
}

async function openThreadedTrainer(start: WorkerStart): Promise<Trainer> {
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
