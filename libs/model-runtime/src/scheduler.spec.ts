import { afterEach, describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import type { Outcome } from './run-requests.ts';
import { type Lane, Scheduler, type SchedulerOptions } from './scheduler.ts';
import type { Tensors } from './tensor.ts';

/** A lane whose runs end when the test says so. */
class ManualLane implements Lane {
  readonly batches: (readonly Tensors[])[] = [];
  closed = false;
  readonly #lost = Promise.withResolvers<Error>();
  readonly lost = this.#lost.promise;
  #pending: PromiseWithResolvers<readonly Outcome[]> | undefined;

  run(requests: readonly Tensors[]): Promise<readonly Outcome[]> {
    this.batches.push(requests);
    this.#pending = Promise.withResolvers();
    return this.#pending.promise;
  }

  /** Answers each request of the present batch with its own feeds. */
  async finish(): Promise<void> {
    this.#pending?.resolve((this.batches.at(-1) ?? []).map((tensors) => ({ tensors })));
    await setImmediate();
  }

  async crash(): Promise<void> {
    this.#pending?.reject(new Error('out of memory'));
    this.#lost.resolve(new Error('out of memory'));
    await setImmediate();
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

const request = (value: number, rows = 1, width = 1): Tensors => ({
  x: { type: 'float32', shape: [rows, width], data: new Float32Array(rows * width).fill(value) },
});
const values = (batch: readonly Tensors[] | undefined) => batch?.map((feeds) => feeds.x?.data[0]);

function setUp(count = 1, overrides: Partial<SchedulerOptions> = {}) {
  const lanes = Array.from({ length: count }, () => new ManualLane());
  const reopened: ManualLane[] = [];
  const reopen = async () => {
    const lane = new ManualLane();
    reopened.push(lane);
    return lane;
  };
  const scheduler = new Scheduler(lanes, {
    queueLimit: 8,
    maxBatch: 4,
    maxRestarts: 2,
    reopen,
    ...overrides,
  });
  return { lanes, lane: lanes[0]!, reopened, scheduler };
}

describe('the scheduler', () => {
  const unexpected: unknown[] = [];
  const note = (error: unknown) => unexpected.push(error);
  process.on('unhandledRejection', note);
  afterEach(() => expect(unexpected).toEqual([]));

  it('runs a request at once where a lane is free, and answers it', async () => {
    const { lane, scheduler } = setUp();
    const answer = scheduler.run(request(3));
    expect(lane.batches).toHaveLength(1);
    expect(scheduler.depth).toBe(1);
    await lane.finish();
    expect((await answer).x?.data[0]).toBe(3);
    expect(scheduler.depth).toBe(0);
  });

  it('puts what has queued meanwhile into one batch, up to the limit of rows, oldest first', async () => {
    const { lane, scheduler } = setUp();
    const answers = [1, 2, 3, 4, 5, 6].map((value) => scheduler.run(request(value)));
    await lane.finish();
    expect(values(lane.batches[1])).toEqual([2, 3, 4, 5]);
    await lane.finish();
    expect(values(lane.batches[2])).toEqual([6]);
    await lane.finish();
    expect((await Promise.all(answers)).map((answer) => answer.x?.data[0])).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('leaves requests of another shape for a later run and skips one that is too tall', async () => {
    const { lane, scheduler } = setUp();
    const all = [request(1), request(2, 2), request(3, 1, 7), request(4, 3), request(5, 2)];
    void all.map((feeds) => scheduler.run(feeds));
    await lane.finish();
    expect(values(lane.batches[1])).toEqual([2, 5]);
    await lane.finish();
    expect(values(lane.batches[2])).toEqual([3]);
    await lane.finish();
    expect(values(lane.batches[3])).toEqual([4]);
    await lane.finish();
  });

  it('runs a request that is taller than a batch may be, alone', async () => {
    const { lane, scheduler } = setUp();
    const answer = scheduler.run(request(1, 9));
    expect(values(lane.batches[0])).toEqual([1]);
    await lane.finish();
    await answer;
  });

  it('shares the queue between lanes instead of giving it all to the first that is free', async () => {
    const { lanes, scheduler } = setUp(2);
    void [1, 2, 3, 4, 5, 6].map((value) => scheduler.run(request(value)));
    const [first, second] = lanes as [ManualLane, ManualLane];
    await second.finish();
    expect(second.batches[1]).toHaveLength(2);
    await first.finish();
    expect(first.batches[1]).toHaveLength(1);
  });

  it('refuses what exceeds the queue and takes requests again when there is room', async () => {
    const { lane, scheduler } = setUp(1, { queueLimit: 2, maxBatch: 1 });
    const answers = [1, 2, 3].map((value) => scheduler.run(request(value)));
    await expect(scheduler.run(request(4))).rejects.toMatchObject({
      code: 'overloaded',
      extensions: { queueLimit: 2 },
    });
    await lane.finish();
    const late = scheduler.run(request(5));
    for (let i = 0; i < 3; i++) await lane.finish();
    await Promise.all([...answers, late]);
    expect(lane.batches.map(values)).toEqual([[1], [2], [3], [5]]);
  });

  it('never runs a request that was aborted while it waited', async () => {
    const { lane, scheduler } = setUp();
    const first = scheduler.run(request(1));
    const abort = new AbortController();
    const second = scheduler.run(request(2), { signal: abort.signal });
    abort.abort(new Error('the client has gone'));
    await expect(second).rejects.toThrow('the client has gone');
    expect(scheduler.depth).toBe(1);
    await lane.finish();
    await first;
    expect(lane.batches).toHaveLength(1);
    await expect(scheduler.run(request(3), { signal: abort.signal })).rejects.toThrow('the client has gone');
  });

  it('rejects at once when a running request is aborted, and keeps the lane busy until the run ends', async () => {
    const { lane, scheduler } = setUp();
    const abort = new AbortController();
    const first = scheduler.run(request(1), { signal: abort.signal });
    const second = scheduler.run(request(2));
    abort.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(lane.batches).toHaveLength(1);
    await lane.finish();
    await lane.finish();
    expect((await second).x?.data[0]).toBe(2);
  });

  it('tells when a request leaves the queue', async () => {
    const { lane, scheduler } = setUp(1, { maxBatch: 1 });
    const started: number[] = [];
    const answers = [1, 2].map((value) =>
      scheduler.run(request(value), { onStart: () => void started.push(value) }),
    );
    expect(started).toEqual([1]);
    await lane.finish();
    expect(started).toEqual([1, 2]);
    await lane.finish();
    await Promise.all(answers);
  });

  it('fails only the batch in flight when a lane is lost, and goes on with a new lane', async () => {
    const { lane, reopened, scheduler } = setUp(1, { maxBatch: 1 });
    const lost = scheduler.run(request(1));
    const waiting = scheduler.run(request(2));
    const failed = expect(lost).rejects.toMatchObject({
      code: 'internal',
      cause: new Error('out of memory'),
    });
    await lane.crash();
    await failed;
    expect(values(reopened[0]?.batches[0])).toEqual([2]);
    await reopened[0]?.finish();
    expect((await waiting).x?.data[0]).toBe(2);
    expect(scheduler.failure).toBeUndefined();
  });

  it('replaces a lane that is lost while it is free, before a request meets it', async () => {
    const { lane, reopened, scheduler } = setUp();
    await lane.crash();
    const answer = scheduler.run(request(1));
    expect(lane.batches).toHaveLength(0);
    await reopened[0]?.finish();
    await answer;
  });

  it('gives up after bounded restarts, says why, and refuses what comes later', async () => {
    const attempts: number[] = [];
    const reopen = async () => {
      attempts.push(1);
      throw new Error('the file is gone');
    };
    const { lane, scheduler } = setUp(1, { maxBatch: 1, reopen });
    const answers = [scheduler.run(request(1)), scheduler.run(request(2))];
    const failed = Promise.all(
      answers.map((answer) => expect(answer).rejects.toMatchObject({ code: 'internal' })),
    );
    await lane.crash();
    await failed;
    expect(attempts).toHaveLength(2);
    expect(scheduler.failure?.message).toMatch(/the file is gone/);
    await expect(scheduler.run(request(3))).rejects.toBe(scheduler.failure);
    await scheduler.close();
  });

  it('answers all it has taken before it closes its lanes, and takes no more', async () => {
    const { lane, scheduler } = setUp();
    const answers = [1, 2].map((value) => scheduler.run(request(value)));
    const closed = scheduler.close();
    await expect(scheduler.run(request(3))).rejects.toMatchObject({ code: 'shutting-down' });
    await lane.finish();
    expect(lane.closed).toBe(false);
    await lane.finish();
    await closed;
    expect(lane.closed).toBe(true);
    expect(await Promise.all(answers)).toHaveLength(2);
    await scheduler.close();
  });
});
