import type { ObjectStore } from '@assay/object-store';
import { AssayError } from '@assay/schema';

/** Content that can be read from any byte on. */
export interface RangedSource {
  /** For people. */
  name: string;
  /**
   * Opens it.
   *
   * @param from First byte wanted, and what the content was called then.
   * @returns What it is called now; `start` is 0 where it changed, or cannot be read from the middle.
   */
  open(from: { start: number; validator: string | undefined }, signal: AbortSignal): Promise<OpenedSource>;
}

export interface OpenedSource {
  start: number;
  /** Differs when the content differs; without one a download cannot go on where it was. */
  validator: string | undefined;
  /** Bytes of the whole, if known. */
  size: number | undefined;
  body: AsyncIterable<Uint8Array>;
}

/** Reading failed in a way that another attempt may not meet. */
export class Interruption extends Error {}

/** An object of a store; its generation is what it is called. */
export function storeSource(store: ObjectStore, key: string): RangedSource {
  const open = async (start: number, generation?: string): Promise<OpenedSource> => {
    const { info, content } = await store.getStream(key, {
      ...(start > 0 ? { range: { start } } : {}),
      ...(generation === undefined ? {} : { ifGeneration: generation }),
    });
    return { start, validator: info.generation, size: info.size, body: content };
  };
  return {
    name: `${key} in ${store.url}`,
    open: async ({ start, validator }) => {
      if (start === 0 || validator === undefined) return open(0);
      try {
        return await open(start, validator);
      } catch (error) {
        const changed =
          error instanceof AssayError && ['precondition-failed', 'invalid-range'].includes(error.code);
        if (changed) return open(0);
        throw error;
      }
    },
  };
}
