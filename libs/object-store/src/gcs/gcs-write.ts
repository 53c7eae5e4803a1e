import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Bucket, FileMetadata } from '@google-cloud/storage';
import { contentTypeOf } from '../content-type.ts';
import { crc32cOf, createCrc32c } from '../crc32c.ts';
import type { ObjectInfo, PutOptions } from '../object-store.ts';
import { SourceFailure, watchSource } from '../source-failure.ts';
import { refuse } from '../store-error.ts';
import type { GcsBuckets } from './gcs-clients.ts';
import { gcsError, statusOf } from './gcs-error.ts';
import { infoOf } from './gcs-info.ts';
import { matchOf } from './match.ts';

/** Content up to this goes in one request; beyond it in parts of this size that are sent again one by one. Bytes. */
const PART = 8 * 1024 * 1024;
/** Metadata by which a write knows its own work, when the answer to it was lost and it is repeated. */
const WRITE_ID = 'assay-write-id';
/** Answers after which the object is surely as it was: what was sent is not understood, or not allowed. */
const UNTOUCHED = [400, 401, 403];

interface WriteCall {
  buckets: GcsBuckets;
  url: string;
  key: string;
  name: string;
  options: PutOptions;
}

/** Writes content that is in memory. Repeated only with a precondition: else it might undo a later write. */
export async function write(call: WriteCall, content: Uint8Array): Promise<ObjectInfo> {
  if (content.length > PART) return writeStream(call, Readable.from([content]));
  const { key, options } = call;
  const crc32c = crc32cOf(content);
  if (options.crc32c !== undefined && options.crc32c !== crc32c)
    throw refuse.checksum(key, options.crc32c, crc32c);
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const bucket = matchOf(options) === undefined ? call.buckets.once : call.buckets.retrying;
  return upload({ ...call, bucket }, crc32c, (file, settings) =>
    file.save(bytes, { ...settings, resumable: false }),
  );
}

/**
 * Writes a stream by a resumable upload: the session is what makes repeating a part harmless, with or without
 * a precondition, and the object appears when the last part has arrived.
 */
export async function writeStream(call: WriteCall, content: AsyncIterable<Uint8Array>): Promise<ObjectInfo> {
  const crc = createCrc32c();
  const { key, name, buckets, options } = call;
  const info = await upload({ ...call, bucket: buckets.retrying }, options.crc32c, (file, settings) =>
    pipeline(
      watchSource(content, crc.update),
      file.createWriteStream({ ...settings, resumable: true, chunkSize: PART }),
    ),
  );
  const [{ crc32c: received }] = await buckets.retrying
    .file(name, { generation: info.generation })
    .getMetadata();
  if (received === crc.digest()) return info;
  await buckets.retrying.file(name).delete({ ifGenerationMatch: info.generation, ignoreNotFound: true });
  throw refuse.checksum(key, crc.digest(), String(received));
}

type GcsFile = ReturnType<GcsBuckets['once']['file']>;
type Settings = ReturnType<typeof settingsOf>;

async function upload(
  call: WriteCall & { bucket: Bucket },
  crc32c: string | undefined,
  send: (file: GcsFile, settings: Settings) => Promise<void>,
): Promise<ObjectInfo> {
  const { bucket, url, key, name, options } = call;
  const file = bucket.file(name);
  const id = randomUUID();
  try {
    await send(file, settingsOf(call, { id, crc32c }));
    return infoOf(key, file.metadata);
  } catch (error) {
    if (error instanceof SourceFailure) throw error;
    // When the answer to a write was lost, its repetition meets what it wrote itself.
    const own = UNTOUCHED.includes(statusOf(error) ?? 0) ? undefined : await writtenBy(id, call);
    if (own) return infoOf(key, own);
    if (crc32c !== undefined && statusOf(error) === 400 && /crc32c/i.test((error as Error).message))
      throw refuse.checksum(key, crc32c, 'another');
    throw gcsError(error, { key, url, condition: options });
  }
}

function settingsOf(call: WriteCall, facts: { id: string; crc32c: string | undefined }) {
  const match = matchOf(call.options);
  return {
    // Cloud Storage checks what is in memory; a stream is compared with what arrived when it has ended.
    validation: false,
    metadata: {
      contentType: contentTypeOf(call.key),
      metadata: { [WRITE_ID]: facts.id },
      // Cloud Storage refuses content that has another checksum.
      ...(facts.crc32c === undefined ? {} : { crc32c: facts.crc32c }),
    },
    ...(match === undefined ? {} : { preconditionOpts: { ifGenerationMatch: match } }),
  };
}

/** The object, if it is what this write put there before its answer was lost. */
async function writtenBy(id: string, call: WriteCall): Promise<FileMetadata | undefined> {
  try {
    const [metadata] = await call.buckets.once.file(call.name).getMetadata();
    return metadata.metadata?.[WRITE_ID] === id ? metadata : undefined;
  } catch {
    return undefined;
  }
}
