import type { BigIntStats } from 'node:fs';
import { contentTypeOf } from '../content-type.ts';
import type { ObjectInfo } from '../object-store.ts';

/** Microseconds since 1970: the generation of a file is its modification time, so it needs no second file. */
export function generationOf(stats: BigIntStats): bigint {
  // Half a microsecond is added: times go through a double on their way to the disk and lose up to 0.24 µs.
  return (stats.mtimeNs + 500n) / 1000n;
}

/** What is known of the file of an object. */
export function infoOf(key: string, stats: BigIntStats): ObjectInfo {
  return {
    key,
    size: Number(stats.size),
    generation: String(generationOf(stats)),
    updated: new Date(Number(stats.mtimeNs / 1_000_000n)),
    contentType: contentTypeOf(key),
  };
}
