import { listAll, type ObjectStore } from '@assay/object-store';
import { readReportId } from '../report-id.ts';
import { idUnder, UNTOLD } from './report-keys.ts';

/** Reports that were made and that nobody was told of yet: an event and an alarm survive the process that made the report. */
export interface UntoldReports {
  add(id: string): Promise<void>;
  /** Names, the earliest window first, with the moment they were added. */
  list(): Promise<{ id: string; since: Date }[]>;
  remove(id: string): Promise<void>;
}

export function untoldReports(store: Pick<ObjectStore, 'put' | 'list' | 'delete'>): UntoldReports {
  const keyOf = (id: string) => `${UNTOLD}${id}.json`;
  return {
    async add(id) {
      await store.put(keyOf(id), '{}');
    },
    async list() {
      const found: { id: string; since: Date; end: string }[] = [];
      for await (const { key, updated } of listAll(store as ObjectStore, UNTOLD)) {
        const id = idUnder(key);
        if (id !== undefined) found.push({ id, since: updated, end: readReportId(id)!.window.to });
      }
      found.sort((a, b) => (a.end === b.end ? (a.id < b.id ? -1 : 1) : a.end < b.end ? -1 : 1));
      return found.map(({ id, since }) => ({ id, since }));
    },
    async remove(id) {
      await store.delete(keyOf(id));
    },
  };
}
