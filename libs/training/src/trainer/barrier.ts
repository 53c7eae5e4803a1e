import { AssayError } from '@assay/schema';

/** What is said to those who wait for a thread that cannot come. */
export const lostReplica = 'Another replica of the network has failed.';

const arrived = 0;
const round = 1;
const broken = 2;

/** Bytes of shared memory that a barrier takes. */
export const barrierBytes = 12;

/** A point that threads pass together, again and again. */
export interface Barrier {
  /**
   * Blocks the thread until all have come.
   *
   * @throws AssayError `training-failed` if one of them cannot come any more.
   */
  wait(): void;
  /** Lets the others go on, with an error: for who cannot come. */
  break(): void;
}

/** @param shared Of {@link barrierBytes}, zero at first, the same in all threads. @param threads How many come. */
export function openBarrier(shared: SharedArrayBuffer, threads: number): Barrier {
  const control = new Int32Array(shared, 0, barrierBytes / Int32Array.BYTES_PER_ELEMENT);
  const wake = () => {
    Atomics.add(control, round, 1);
    Atomics.notify(control, round);
  };
  return {
    wait() {
      const current = Atomics.load(control, round);
      if (Atomics.add(control, arrived, 1) + 1 === threads) {
        Atomics.store(control, arrived, 0);
        wake();
      } else
        while (Atomics.load(control, round) === current && Atomics.load(control, broken) === 0)
          Atomics.wait(control, round, current);
      if (Atomics.load(control, broken) !== 0) throw new AssayError('training-failed', lostReplica);
    },
    break() {
      Atomics.store(control, broken, 1);
      wake();
    },
  };
}
