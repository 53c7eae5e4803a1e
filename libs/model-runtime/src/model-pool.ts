import './config.ts';
import { AssayError } from '@assay/schema';
import { Scheduler, type RunOptions } from './scheduler.ts';
import type { Session } from './session.ts';
import type { SessionOptions } from './session-options.ts';
import { startSessionThread, type SessionWorker } from './session-thread.ts';
import type { SharedThreads } from './shared-threads.ts';
import { elementCount, type Tensor, type Tensors } from './tensor.ts';

export interface ModelPoolOptions {
  /** Path of the ONNX file. */
  readonly model: string;
  /** Sessions, each with its own copy of the weights. Default 1. */
  readonly workers?: number;
  /** Where the sessions live beside those of other pools. Default: a thread of its own for each. */
  readonly threads?: SharedThreads;
  /** Requests that may wait while every worker is busy, the rest is refused. Default 64. */
  readonly queueLimit?: number;
  /**
   * Most rows (sum of the requests' first sizes) put together into one run. Default 16. A model whose inputs
   * have a fixed first size is never batched.
   */
  readonly maxBatch?: number;
  /** How often in a row workers may be lost before the pool gives up. Default 3. */
  readonly maxRestarts?: number;
  /** Run once in each worker before it counts as open: first runs allocate and are slow. */
  readonly warmUp?: Tensors;
  readonly session?: SessionOptions;
}

/** Sessions of one model in worker threads, behind one bounded queue. */
export interface ModelPool extends Pick<Session, 'inputs' | 'outputs'> {
  /**
   * Runs one request of shape `[n, ...]`. The feeds' buffers are handed to a worker without a copy: they are
   * empty afterwards and must not be used again.
   *
   * @throws AssayError `overloaded` where the queue is full, `shutting-down` after close, `internal` where the
   *   run fails or its worker is lost; the signal's reason where it aborts
   */
  run(feeds: Tensors, options?: RunOptions): Promise<Record<string, Tensor>>;
  /** Requests that wait or run. */
  readonly depth: number;
  /** Why no request can be answered any more; undefined while the pool works. */
  readonly failure: AssayError | undefined;
  /** Takes no more requests, answers those it has, then lets the threads end. */
  close(): Promise<void>;
}

/**
 * Opens a model in worker threads, so that the calling thread's event loop stays free while it runs.
 *
 * @throws AssayError `invalid-model` where the model does not load, `internal` where its warm-up fails
 */
export async function openModelPool(options: ModelPoolOptions): Promise<ModelPool> {
  const { model, session = {}, warmUp, workers = 1 } = options;
  const settings = { model, session, ...(warmUp === undefined ? {} : { warmUp }) };
  const open = () => (options.threads ?? startSessionThread()).open(settings);

  const lanes = await openAll(workers, open);
  const [first] = lanes as [SessionWorker];
  const batchable = first.inputs.every((input) => typeof input.shape[0] === 'string');
  const scheduler = new Scheduler(lanes, {
    queueLimit: options.queueLimit ?? 64,
    maxBatch: batchable ? (options.maxBatch ?? 16) : 1,
    maxRestarts: options.maxRestarts ?? 3,
    reopen: open,
  });

  return {
    inputs: first.inputs,
    outputs: first.outputs,
    async run(feeds, runOptions) {
      for (const [name, tensor] of Object.entries(feeds)) checkSize(name, tensor);
      return scheduler.run(feeds, runOptions);
    },
    get depth() {
      return scheduler.depth;
    },
    get failure() {
      return scheduler.failure;
    },
    close: () => scheduler.close(),
  };
}

/** Opens all at once; where one fails, the others end before its error is thrown. */
async function openAll(count: number, open: () => Promise<SessionWorker>): Promise<SessionWorker[]> {
  const results = await Promise.allSettled(Array.from({ length: count }, open));
  const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed === undefined) return opened;
  await Promise.all(opened.map((worker) => worker.close()));
  throw failed.reason;
}

function checkSize(name: string, { shape, data }: Tensor): void {
  const expected = elementCount(shape);
  if (data.length === expected) return;
  const hint =
    data.buffer instanceof ArrayBuffer && data.buffer.detached ? ' It was handed over before.' : '';
  throw new AssayError(
    'internal',
    `Feed "${name}" has ${data.length} elements; its shape [${shape.join(', ')}] needs ${expected}.${hint}`,
  );
}
