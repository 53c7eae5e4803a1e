/** Bytes of one block: few blocks, little left over at the end of each. */
const blockBytes = 16 * 2 ** 20;

/** Memory that threads read together: arrays copied into it reach another thread without being copied again. */
export interface SharedMemory {
  /** A copy of the bytes in shared memory. */
  keep(bytes: Uint8Array): Uint8Array<SharedArrayBuffer>;
}

/** Small arrays stand one after another in blocks, since an allocation each would cost more than they do. */
export function sharedMemory(): SharedMemory {
  let block = new SharedArrayBuffer(0);
  let used = 0;
  return {
    keep(bytes) {
      if (used + bytes.length > block.byteLength) {
        block = new SharedArrayBuffer(Math.max(blockBytes, bytes.length));
        used = 0;
      }
      const kept = new Uint8Array(block, used, bytes.length);
      kept.set(bytes);
      used += bytes.length;
      return kept;
    },
  };
}
