import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Bucket } from '@google-cloud/storage';
import { createCrc32c } from '../crc32c.ts';
import type { ObjectInfo, ReadOptions } from '../object-store.ts';
import { refuse } from '../store-error.ts';
import { gcsError, statusOf } from './gcs-error.ts';

/** A read that breaks off goes on where it was, at most so often without a new byte. */
const RESUMPTIONS = 3;

/** One object, or a part of it, of one generation: what the client knows as `name` is under `key` here. */
interface ReadCall {
  bucket: Bucket;
  url: string;
  key: string;
  name: string;
  options: ReadOptions;
}

/**
 * Opens an object for reading, in one request. A connection that breaks is taken up again at the next byte of
 * the same generation; the content of a whole object is checked against its CRC32C.
 */
export async function openRead(call: ReadCall): Promise<{ info: ObjectInfo; content: Readable }> {
  const { range, ifGeneration } = call.options;
  const first = await request(call, { start: range?.start ?? 0, generation: ifGeneration });
  const size = range
    ? Math.min(range.end ?? first.info.size, first.info.size) - range.start
    : first.info.size;
  const expected = range ? undefined : first.crc32c;
  return {
    info: first.info,
    content: Readable.from(bytes(call, { first, size, expected }), { objectMode: false }),
  };
}

interface Answer {
  info: ObjectInfo;
  crc32c: string | undefined;
  body: Readable;
}

async function* bytes(
  call: ReadCall,
  read: { first: Answer; size: number; expected: string | undefined },
): AsyncGenerator<Buffer> {
  const start = call.options.range?.start ?? 0;
  const crc = createCrc32c();
  let body = read.first.body;
  let received = 0;
  for (let resumptions = 0; ; resumptions++) {
    const before = received;
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        received += chunk.length;
        crc.update(chunk);
        yield chunk;
      }
      if (received >= read.size) break;
    } catch (error) {
      if (statusOf(error) !== undefined) throw gcsError(error, call);
      if (received === before && resumptions >= RESUMPTIONS) throw gcsError(error, call);
    }
    if (received > before) resumptions = 0;
    else if (resumptions >= RESUMPTIONS) throw gcsError(new Error('the content ends too early'), call);
    if (received >= read.size) break;
    ({ body } = await request(call, { start: start + received, generation: read.first.info.generation }));
  }
  const digest = crc.digest();
  if (read.expected !== undefined && digest !== read.expected)
    throw refuse.checksum(call.key, read.expected, digest);
}

/** Asks for the bytes from `start` on, and waits for the headers. */
function request(call: ReadCall, part: { start: number; generation: string | undefined }): Promise<Answer> {
  const { bucket, name, key, url, options } = call;
  const file = bucket.file(name, part.generation === undefined ? {} : { generation: part.generation });
  const end = options.range?.end;
  const body = file.createReadStream({
    validation: false, // Checked here: over all requests that it took.
    decompress: false,
    ...(options.range || part.start > 0 ? { start: part.start } : {}),
    ...(end === undefined ? {} : { end: end - 1 }),
  });
  return new Promise((resolve, reject) => {
    body.once('error', (error) => {
      reject(gcsError(error, { key, url, start: part.start, condition: options }));
    });
    body.once('response', ({ headers, statusCode = 0 }: IncomingMessage) => {
      if (statusCode >= 300) return; // An error with the text of the answer follows.
      resolve({ info: infoFrom(key, headers), crc32c: crcFrom(headers), body });
    });
    body.read(0); // Sends the request.
  });
}

function infoFrom(key: string, headers: IncomingMessage['headers']): ObjectInfo {
  const total = /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  return {
    key,
    size: Number(total ?? headers['x-goog-stored-content-length'] ?? headers['content-length']),
    generation: String(headers['x-goog-generation']),
    updated: new Date(headers['last-modified'] ?? 0),
    contentType: headers['content-type'] ?? 'application/octet-stream',
  };
}

function crcFrom(headers: IncomingMessage['headers']): string | undefined {
  return /(?:^|,\s*)crc32c=([^,]+)/.exec(String(headers['x-goog-hash'] ?? ''))?.[1];
}
