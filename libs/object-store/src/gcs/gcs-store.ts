import type { FileMetadata } from '@google-cloud/storage';
import { AssayError } from '@assay/schema';
import { checkKey, checkPrefix } from '../object-key.ts';
import { PAGE_LIMIT, type ObjectStore, type Precondition } from '../object-store.ts';
import { readAll } from '../read-all.ts';
import { SourceFailure } from '../source-failure.ts';
import { checkOptions, refuse } from '../store-error.ts';
import { openBuckets, type Patience } from './gcs-clients.ts';
import { gcsError, statusOf } from './gcs-error.ts';
import { infoOf } from './gcs-info.ts';
import { openRead } from './gcs-read.ts';
import { write, writeStream } from './gcs-write.ts';
import { matchOf } from './match.ts';

/** Where a bucket is. */
export interface GcsPlace {
  bucket: string;
  /** What every object's name begins with, without the slash that follows; empty for the whole bucket. */
  prefix: string;
  /** Base URL of an emulator, which is asked without credentials. */
  endpoint?: string;
  /** Of calls that may be repeated. */
  patience?: Patience;
}

/** A Cloud Storage bucket, or the part of one below a prefix. */
export function openGcsStore(place: GcsPlace): ObjectStore {
  const { bucket, prefix, endpoint, patience = { retries: 5, longestWait: 32 } } = place;
  const url = `gs://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  const root = prefix === '' ? '' : `${prefix}/`;
  const buckets = openBuckets({ bucket, patience, ...(endpoint === undefined ? {} : { endpoint }) });

  /** Checks the call, and says what its errors mean. */
  const guard = async <T>(key: string, condition: Precondition, work: (name: string) => Promise<T>) => {
    checkKey(key);
    checkOptions(condition);
    try {
      return await work(root + key);
    } catch (error) {
      if (error instanceof SourceFailure) throw error.cause;
      throw gcsError(error, { key, url, condition });
    }
  };

  const metadataOf = async (name: string): Promise<FileMetadata | undefined> => {
    try {
      const [metadata] = await buckets.retrying.file(name).getMetadata();
      return metadata;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  };

  const getStream: ObjectStore['getStream'] = (key, options = {}) =>
    guard(key, options, async (name) => {
      try {
        return await openRead({ buckets, url, key, name, options });
      } catch (error) {
        // A generation that was replaced and an object that is not there get the same answer.
        const replaced = error instanceof AssayError && error.code === 'precondition-failed';
        if (replaced && !(await metadataOf(name))) throw refuse.missing(key, url, error);
        throw error;
      }
    });

  return {
    url,
    getStream,

    put: (key, content, options = {}) =>
      guard(key, options, (name) =>
        write(
          { buckets, url, key, name, options },
          typeof content === 'string' ? Buffer.from(content) : content,
        ),
      ),

    putStream: (key, content, options = {}) =>
      guard(key, options, (name) => writeStream({ buckets, url, key, name, options }, content)),

    get: async (key, options) => {
      const { info, content } = await getStream(key, options);
      return { info, content: await readAll(content) };
    },

    head: (key) =>
      guard(key, {}, async (name) => {
        const metadata = await metadataOf(name);
        return metadata && infoOf(key, metadata);
      }),

    crc32c: (key) =>
      guard(key, {}, async (name) => {
        const [metadata] = await buckets.retrying.file(name).getMetadata();
        return String(metadata.crc32c);
      }),

    list: async (below, { limit = PAGE_LIMIT, pageToken } = {}) => {
      checkPrefix(below);
      try {
        const [files, next] = await buckets.retrying.getFiles({
          prefix: root + below,
          autoPaginate: false,
          maxResults: Math.min(limit, PAGE_LIMIT),
          ...(pageToken === undefined ? {} : { pageToken }),
        });
        const token = (next as { pageToken?: string } | null)?.pageToken;
        return {
          // The console makes empty objects that end with a slash, to show folders.
          objects: files
            .filter(({ name }) => !name.endsWith('/'))
            .map(({ name, metadata }) => infoOf(name.slice(root.length), metadata)),
          ...(token === undefined ? {} : { nextPageToken: token }),
        };
      } catch (error) {
        throw gcsError(error, { key: below, url });
      }
    },

    delete: (key, options = {}) =>
      guard(key, options, async (name) => {
        const match = matchOf(options);
        try {
          await (match === undefined ? buckets.once : buckets.retrying)
            .file(name)
            .delete(match === undefined ? {} : { ifGenerationMatch: match });
          return true;
        } catch (error) {
          if (statusOf(error) === 404) return false;
          throw error;
        }
      }),

    copy: (from, to, options = {}) =>
      guard(to, options, async (target) => {
        checkKey(from);
        const match = matchOf(options);
        const source = (match === undefined ? buckets.once : buckets.retrying).file(root + from);
        try {
          const [copied] = await source.copy(
            target,
            match === undefined ? {} : { preconditionOpts: { ifGenerationMatch: match } },
          );
          const [metadata] = await buckets.retrying.file(copied.name).getMetadata();
          return infoOf(to, metadata);
        } catch (error) {
          if (statusOf(error) === 404) throw refuse.missing(from, url, error);
          throw error;
        }
      }),
  };
}
