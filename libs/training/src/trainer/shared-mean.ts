import { barrierBytes, openBarrier, type Barrier } from './barrier.ts';

/** Which of the threads that share memory this one is. */
export interface Place {
  readonly shared: SharedArrayBuffer;
  /** From 0. */
  readonly rank: number;
  readonly count: number;
}

/** Where the vectors begin: behind the barrier, at a multiple of eight bytes. */
const vectorsStart = Math.ceil(barrierBytes / 8) * 8;

/** Shared memory for means of vectors of this many float32 over so many threads. */
export function meanMemory(length: number, count: number): SharedArrayBuffer {
  return new SharedArrayBuffer(vectorsStart + 2 * count * length * Float32Array.BYTES_PER_ELEMENT);
}

/** The barrier in that memory. */
export function meanBarrier({ shared, count }: Omit<Place, 'rank'>): Barrier {
  return openBarrier(shared, count);
}

/**
 * A mean over threads: each hands in its vectors, waits for the others, and adds all up in the order of ranks, so that
 * every thread has the same result, bit for bit, in every run. Sums are float64.
 *
 * Two halves of the memory take turns: a thread can write the next vectors while another still reads the last ones, and
 * none can be two ahead.
 */
export function openSharedMean(place: Place, length: number) {
  const { shared, rank, count } = place;
  const barrier = meanBarrier(place);
  const slot = (half: number, of: number) =>
    new Float32Array(shared, vectorsStart + (half * count + of) * length * 4, length);
  let half = 0;
  return {
    barrier,
    /** @param parts Together of the length. @returns Their means, of the same lengths. */
    mean(parts: readonly Float32Array[]): Float32Array<ArrayBuffer>[] {
      const own = slot(half, rank);
      let offset = 0;
      for (const part of parts) {
        own.set(part, offset);
        offset += part.length;
      }
      barrier.wait();
      const all = Array.from({ length: count }, (_, other) => slot(half, other));
      half = 1 - half;
      let start = 0;
      return parts.map((part) => {
        const sums = new Float64Array(part.length);
        for (const vector of all)
          for (let index = 0; index < sums.length; index++) sums[index]! += vector[start + index]!;
        const result = new Float32Array(sums.length);
        for (let index = 0; index < sums.length; index++) result[index] = sums[index]! / count;
        start += part.length;
        return result;
      });
    },
  };
}
