import { AssayError } from '@assay/schema';

/**
 * Lets a bounded number of requests work at once and a bounded number wait, first come first served. It stands
 * before decoding, so that waiting costs an encoded upload and not its pixels.
 */
export class Gate {
  readonly #slots: number;
  readonly #queueLimit: number;
  readonly #waiting: (() => void)[] = [];
  readonly #empty = Promise.withResolvers<undefined>();
  #active = 0;
  #closed = false;

  constructor(slots: number, queueLimit: number) {
    this.#slots = slots;
    this.#queueLimit = queueLimit;
  }

  /** Requests that work or wait. */
  get depth(): number {
    return this.#active + this.#waiting.length;
  }

  /**
   * Waits for a slot. Each call that is fulfilled must be followed by one {@link leave}.
   *
   * @throws AssayError `overloaded` where too many wait, `shutting-down` after {@link close}; the signal's reason where it aborts meanwhile
   */
  async enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#closed)
      throw new AssayError('shutting-down', 'The model is being closed and takes no more requests.');
    if (this.#active < this.#slots) {
      this.#active++;
      return;
    }
    if (this.#waiting.length >= this.#queueLimit) {
      throw new AssayError(
        'overloaded',
        `${this.#waiting.length} requests already wait for the model, of at most ${this.#queueLimit}. Try again shortly.`,
        { extensions: { queueLimit: this.#queueLimit } },
      );
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const admit = () => {
      signal?.removeEventListener('abort', abort);
      resolve(undefined);
    };
    const abort = () => {
      this.#waiting.splice(this.#waiting.indexOf(admit), 1);
      reject(signal?.reason);
    };
    this.#waiting.push(admit);
    signal?.addEventListener('abort', abort, { once: true });
    await promise;
  }

  /** Gives the slot to the request that has waited longest. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#active--;
    else next();
    this.#checkEmpty();
  }

  /** Lets nobody in any more, but for those that wait; fulfilled once all have left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#checkEmpty();
    await this.#empty.promise;
  }

  #checkEmpty(): void {
    if (this.#closed && this.depth === 0) this.#empty.resolve(undefined);
  }
}
