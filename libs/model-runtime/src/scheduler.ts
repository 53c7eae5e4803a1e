import { AssayError } from '@assay/schema';
import { batchKey, rowsOf } from './batch.ts';
import type { Outcome } from './run-requests.ts';
import { toError } from './session.ts';
import type { SessionWorker } from './session-thread.ts';
import type { Tensor, Tensors } from './tensor.ts';

/** What the scheduler needs of a worker. */
export type Lane = Pick<SessionWorker, 'run' | 'lost' | 'close'>;

export interface SchedulerOptions {
  /** Requests that may wait while every lane is busy. */
  readonly queueLimit: number;
  /** Most rows that are put together into one run. */
  readonly maxBatch: number;
  /** How often in a row a lane may be lost before it is given up. */
  readonly maxRestarts: number;
  /** Opens a lane in the place of one that was lost. */
  readonly reopen: () => Promise<Lane>;
}

/** Options of one request. */
export interface RunOptions {
  /** Rejects the request with the signal's reason; if it still waits, it is never run. */
  readonly signal?: AbortSignal;
  /** Names of the outputs to hand back. Default: all. */
  readonly outputs?: readonly string[];
  /** Called once, when the request leaves the queue. */
  readonly onStart?: () => void;
}

interface Job {
  readonly feeds: Tensors;
  readonly outputs: readonly string[] | undefined;
  readonly key: string;
  readonly rows: number;
  readonly onStart: (() => void) | undefined;
  readonly settle: PromiseWithResolvers<Record<string, Tensor>>;
}

/**
 * Shares requests out among lanes, first come first served. A free lane takes the oldest request and those
 * already waiting that fit into one batch with it, but no more than its share of the queue; nothing ever
 * waits for a batch to fill (on a CPU that gains less than it costs).
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #lanes: Set<Lane>;
  readonly #idle: Lane[];
  readonly #queue: Job[] = [];
  readonly #drained = Promise.withResolvers<undefined>();
  #running = 0;
  #reopening = 0;
  #losses = 0;
  #failure: AssayError | undefined;
  #closing: Promise<void> | undefined;

  constructor(lanes: readonly Lane[], options: SchedulerOptions) {
    this.#options = options;
    this.#lanes = new Set(lanes);
    this.#idle = [...lanes];
    for (const lane of lanes) this.#watch(lane);
  }

  /** Requests that wait or run. */
  get depth(): number {
    return this.#queue.length + this.#running;
  }

  /** Why no request can be answered any more; undefined while one can. */
  get failure(): AssayError | undefined {
    return this.#failure;
  }

  /**
   * @throws AssayError `overloaded` where the queue is full, `shutting-down` after close, `internal` where the
   *   run fails or the worker is lost; the signal's reason where it aborts
   */
  async run(feeds: Tensors, { signal, outputs, onStart }: RunOptions = {}): Promise<Record<string, Tensor>> {
    signal?.throwIfAborted();
    this.#admit();
    const settle = Promise.withResolvers<Record<string, Tensor>>();
    const job = { feeds, outputs, key: batchKey(feeds, outputs), rows: rowsOf(feeds), onStart, settle };
    const abort = () => {
      const place = this.#queue.indexOf(job);
      if (place >= 0) this.#queue.splice(place, 1);
      settle.reject(signal?.reason);
      this.#checkDrained();
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#queue.push(job);
    this.#dispatch();
    try {
      return await settle.promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Takes no more requests, answers those it has, then closes the lanes. */
  close(): Promise<void> {
    this.#closing ??= this.#drained.promise.then(async () => {
      await Promise.all([...this.#lanes].map((lane) => lane.close()));
    });
    this.#checkDrained();
    return this.#closing;
  }

  #admit(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closing !== undefined) {
      throw new AssayError('shutting-down', 'The model is being closed and takes no more requests.');
    }
    const { queueLimit } = this.#options;
    if (this.#idle.length === 0 && this.#queue.length >= queueLimit) {
      throw new AssayError(
        'overloaded',
        `${this.#queue.length} requests already wait for the model, of at most ${queueLimit}. Try again shortly.`,
        { extensions: { queueLimit } },
      );
    }
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const lane = this.#idle.pop();
      if (lane === undefined) return;
      void this.#execute(lane, this.#takeBatch());
    }
  }

  #takeBatch(): Job[] {
    const share = Math.ceil(this.#queue.length / this.#lanes.size);
    const batch = this.#queue.splice(0, 1);
    const [first] = batch as [Job];
    let rows = first.rows;
    for (let place = 0; place < this.#queue.length && batch.length < share;) {
      const next = this.#queue[place]!;
      if (next.key === first.key && rows + next.rows <= this.#options.maxBatch) {
        batch.push(next);
        rows += next.rows;
        this.#queue.splice(place, 1);
      } else place++;
    }
    return batch;
  }

  async #execute(lane: Lane, batch: readonly Job[]): Promise<void> {
    this.#running += batch.length;
    for (const job of batch) job.onStart?.();
    try {
      const outcomes = await lane.run(
        batch.map((job) => job.feeds),
        batch[0]?.outputs,
      );
      this.#losses = 0;
      batch.forEach((job, i) => settleJob(job, outcomes[i]));
      if (this.#lanes.has(lane)) this.#idle.push(lane);
    } catch (cause) {
      // The lane is lost: #watch replaces it.
      const error = new AssayError('internal', 'The model worker stopped in the middle of this request.', {
        cause,
      });
      for (const job of batch) job.settle.reject(error);
    }
    this.#running -= batch.length;
    this.#dispatch();
    this.#checkDrained();
  }

  #watch(lane: Lane): void {
    void lane.lost.then((reason) => {
      this.#lanes.delete(lane);
      const place = this.#idle.indexOf(lane);
      if (place >= 0) this.#idle.splice(place, 1);
      if (!this.#isDone()) void this.#replace(reason);
    });
  }

  async #replace(reason: unknown): Promise<void> {
    this.#reopening++;
    let cause = reason;
    while (++this.#losses <= this.#options.maxRestarts && !this.#isDone()) {
      try {
        const lane = await this.#options.reopen();
        this.#lanes.add(lane);
        this.#idle.push(lane);
        this.#watch(lane);
        break;
      } catch (error) {
        cause = error;
      }
    }
    this.#reopening--;
    if (this.#lanes.size === 0 && this.#reopening === 0) this.#giveUp(cause);
    this.#dispatch();
    this.#checkDrained();
  }

  #giveUp(cause: unknown): void {
    const why = cause instanceof Error ? cause.message : String(cause);
    this.#failure = new AssayError('internal', `The model worker keeps stopping and was given up: ${why}`, {
      cause,
    });
    for (const job of this.#queue.splice(0)) job.settle.reject(this.#failure);
  }

  /** Whether close was asked for and nothing is left to answer. */
  #isDone(): boolean {
    return this.#closing !== undefined && this.depth === 0;
  }

  #checkDrained(): void {
    if (this.#isDone() && this.#reopening === 0) this.#drained.resolve(undefined);
  }
}

function settleJob(job: Job, outcome: Outcome | undefined): void {
  if (outcome === undefined) job.settle.reject(new AssayError('internal', 'The model gave no answer.'));
  else if ('tensors' in outcome) job.settle.resolve(outcome.tensors);
  else job.settle.reject(toError(outcome.failure));
}
