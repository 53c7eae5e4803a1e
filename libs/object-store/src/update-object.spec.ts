import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectStore } from './object-store.ts';
import { openObjectStore } from './open-object-store.ts';
import { getIfThere, updateObject } from './update-object.ts';

describe('updateObject', () => {
  let folder: string;
  let store: ObjectStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-update-'));
    store = await openObjectStore(`file:${folder}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const number = (content: Buffer | undefined) => Number(content?.toString() ?? 0);

  it('loses nothing of what several writers change at a time', async () => {
    const change = (content: Buffer | undefined) => String(number(content) + 1);
    await Promise.all(Array.from({ length: 8 }, () => updateObject(store, 'a/count', { change })));
    expect(number((await store.get('a/count')).content)).toBe(8);
  });

  it('leaves an object as it is where nothing is to be changed', async () => {
    await updateObject(store, 'a', { change: () => undefined });
    expect(await getIfThere(store, 'a')).toBeUndefined();
    const { generation } = await store.put('a', 'text');
    await updateObject(store, 'a', { change: () => undefined });
    expect((await store.head('a'))?.generation).toBe(generation);
  });

  it('gives up where others are always faster, and passes on what else goes wrong', async () => {
    let others = 0;
    const outrun = async (content: Buffer | undefined) => {
      await store.put('a', `${number(content)} ${others++}`);
      return store.get('a');
    };
    const busy = {
      get: (key: string) => store.get(key),
      put: async (key: string, ...rest: unknown[]) => {
        await outrun(undefined);
        return store.put(key, ...(rest as [string]));
      },
    } as Pick<ObjectStore, 'get' | 'put'>;
    await expect(updateObject(busy, 'a', { change: () => 'mine', random: () => 0 })).rejects.toMatchObject({
      code: 'overloaded',
    });
    expect(others).toBe(20);
    await expect(updateObject(store, '../a', { change: () => 'mine' })).rejects.toMatchObject({
      code: 'invalid-object-key',
    });
  });
});
