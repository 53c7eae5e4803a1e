import { setTimeout as delay } from 'node:timers/promises';
import { AssayError } from '@assay/schema';
import type { ObjectContent, ObjectStore } from './object-store.ts';

/** Writers of one object at a time of which none gives up: each round lets one of them through. */
const ATTEMPTS = 20;

export interface UpdateOptions {
  /** Between 0 and 1; scatters the attempts of several writers. Default `Math.random`. */
  random?: () => number;
}

/**
 * Reads an object, changes it and writes it, as one step: where somebody else wrote it meanwhile, it is read and changed again.
 *
 * @param change Gets the content, `undefined` where there is no such object; gives back what is to be there, `undefined` to leave it as it is.
 * May be called several times.
 * @throws AssayError `overloaded` where others were faster twenty times; what the store and `change` throw.
 */
export async function updateObject(
  store: Pick<ObjectStore, 'get' | 'put'>,
  key: string,
  {
    change,
    random = Math.random,
  }: UpdateOptions & { change: (content: Buffer | undefined) => ObjectContent | undefined },
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await getIfThere(store, key);
    const changed = change(found?.content);
    if (changed === undefined) return;
    try {
      await store.put(
        key,
        changed,
        found === undefined ? { ifAbsent: true } : { ifGeneration: found.info.generation },
      );
      return;
    } catch (error) {
      if (!(error instanceof AssayError && error.code === 'precondition-failed')) throw error;
    }
    await delay(random() * Math.min(1000, 10 * 2 ** attempt));
  }
  throw new AssayError('overloaded', `Others change "${key}" all the time: try again in a moment.`);
}

/** An object, or `undefined` where there is none. */
export async function getIfThere(
  store: Pick<ObjectStore, 'get'>,
  key: string,
): Promise<Awaited<ReturnType<ObjectStore['get']>> | undefined> {
  try {
    return await store.get(key);
  } catch (error) {
    if (error instanceof AssayError && error.code === 'object-not-found') return undefined;
    throw error;
  }
}
