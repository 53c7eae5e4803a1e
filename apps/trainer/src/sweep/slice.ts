import { AssayError } from '@assay/schema';

/** One of `count` parts of a sweep. */
export interface Slice {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** @param text `i/n`, i from 0 to n − 1. @throws AssayError `invalid-configuration` for anything else. */
export function parseSlice(text: string, option = '--trial'): Slice {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const slice = { index: Number(index), count: Number(count) };
  if (slice.index < slice.count) return slice;
  throw new AssayError(
    'invalid-configuration',
    `${option}: expected i/n with i from 0 to n − 1, for example 0/4, received "${text}".`,
  );
}

/** The trials of a slice: every trial is in exactly one of the slices of a sweep. */
export function trialsOf(trials: number, { index, count }: Slice): number[] {
  return Array.from({ length: trials }, (_, trial) => trial).filter((trial) => trial % count === index);
}
