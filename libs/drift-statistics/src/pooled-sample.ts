/** The distinct values of two samples together, ascending, and how often each sample has them. */
export interface PooledSample {
  values: Float64Array;
  /** Occurrences of each value in the reference and in the current sample. */
  reference: Float64Array;
  current: Float64Array;
}

/** Merges two ascending samples; equal values become one entry. */
export function poolSorted(reference: ArrayLike<number>, current: ArrayLike<number>): PooledSample {
  const most = reference.length + current.length;
  const values = new Float64Array(most);
  const inReference = new Float64Array(most);
  const inCurrent = new Float64Array(most);
  let i = 0;
  let j = 0;
  let size = 0;
  while (i < reference.length || j < current.length) {
    const value = j >= current.length || reference[i]! <= current[j]! ? reference[i]! : current[j]!;
    values[size] = value;
    while (i < reference.length && reference[i] === value) {
      inReference[size]! += 1;
      i++;
    }
    while (j < current.length && current[j] === value) {
      inCurrent[size]! += 1;
      j++;
    }
    size++;
  }
  return {
    values: values.subarray(0, size),
    reference: inReference.subarray(0, size),
    current: inCurrent.subarray(0, size),
  };
}
