import type { Readable } from 'node:stream';

/** What is known of an object without reading it. */
export interface ObjectInfo {
  key: string;
  /** Bytes. */
  size: number;
  /** Changes whenever the object is written; compare for equality only. */
  generation: string;
  updated: Date;
  /** Media type; what is written through a store has the one of the key's extension. */
  contentType: string;
}

/** What must be true of the object for a call to go ahead, checked by the store in the same step. */
export interface Precondition {
  /** Nothing may be under the key. */
  ifAbsent?: boolean;
  /** The object must be of this generation. */
  ifGeneration?: string;
}

export interface PutOptions extends Precondition {
  /** CRC32C of the content, as {@link ObjectStore.crc32c} writes it: damaged content is refused before anybody can read it. */
  crc32c?: string;
}

export interface ReadOptions {
  /** Bytes from `start` up to, not including, `end`; to the end of the object if left out. */
  range?: { start: number; end?: number };
  /** Refuses an object that was written again since. */
  ifGeneration?: string;
}

export interface ListOptions {
  /** Most objects to return, 1 to 1000. */
  limit?: number;
  /** `nextPageToken` of the page before. */
  pageToken?: string;
}

/** A part of a listing, in the order of the keys' UTF-8 bytes. */
export interface ObjectPage {
  objects: ObjectInfo[];
  /** Absent on the last page. */
  nextPageToken?: string;
}

/** Content in memory, or a stream of it. */
export type ObjectContent = Uint8Array | string;

/**
 * A bucket: whole objects under keys such as `predictions/2026-05-01/07/a.jsonl`. An object appears, changes
 * and vanishes as one; what a call has acknowledged survives a crash.
 *
 * Every method may reject with AssayError `invalid-object-key`, `storage-forbidden` or `storage-unavailable`.
 */
export interface ObjectStore {
  /** Where it is, as it was opened. */
  readonly url: string;

  /** @throws AssayError `precondition-failed`, `checksum-mismatch`, `storage-full`. */
  put(key: string, content: ObjectContent, options?: PutOptions): Promise<ObjectInfo>;

  /** {@link put} for content of any length; nothing appears when the source fails. */
  putStream(key: string, content: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<ObjectInfo>;

  /** @throws AssayError `object-not-found`, `invalid-range`, `precondition-failed`. */
  get(key: string, options?: ReadOptions): Promise<{ info: ObjectInfo; content: Buffer }>;

  /** {@link get} for content of any length. Read `content` to its end, or destroy it. */
  getStream(key: string, options?: ReadOptions): Promise<{ info: ObjectInfo; content: Readable }>;

  /** @returns `undefined` if there is no such object. */
  head(key: string): Promise<ObjectInfo | undefined>;

  /**
   * CRC32C (Castagnoli, RFC 3720) of the content, its four bytes in big-endian order as base64. Free in a cloud
   * bucket; a folder reads the file.
   *
   * @throws AssayError `object-not-found`.
   */
  crc32c(key: string): Promise<string>;

  /** Objects whose key begins with the prefix. What is written meanwhile may or may not be listed. */
  list(prefix: string, options?: ListOptions): Promise<ObjectPage>;

  /**
   * @returns Whether there was such an object. With `ifGeneration`, a missing object is no fault.
   * @throws AssayError `precondition-failed`.
   */
  delete(key: string, options?: Pick<Precondition, 'ifGeneration'>): Promise<boolean>;

  /**
   * Copies within the store; the precondition is about the target.
   *
   * @throws AssayError `object-not-found`, `precondition-failed`, `storage-full`.
   */
  copy(from: string, to: string, options?: Precondition): Promise<ObjectInfo>;
}

/** Most objects on a page, and how many come where no limit is given. */
export const PAGE_LIMIT = 1000;
