import type { ObjectInfo, ObjectStore } from './object-store.ts';

/** Every object whose key begins with the prefix, page by page. */
export async function* listAll(store: ObjectStore, prefix = ''): AsyncGenerator<ObjectInfo> {
  let pageToken: string | undefined;
  do {
    const page = await store.list(prefix, pageToken === undefined ? {} : { pageToken });
    yield* page.objects;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}
