import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createCrc32c } from '../crc32c.ts';
import type { ObjectInfo, ReadOptions } from '../object-store.ts';
import { refuse } from '../store-error.ts';
import type { GcsBuckets } from './gcs-clients.ts';
import { gcsError, statusOf } from './gcs-error.ts';

/** One object, or a part of it: what the bucket knows as `name` is under `key` here. */
interface ReadCall {
  buckets: GcsBuckets;
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
  const first = await patiently(call, 0, () => request(call, range?.start ?? 0, ifGeneration));
  const { size } = first.info;
  const length = range ? Math.min(range.end ?? size, size) - range.start : size;
  const content = bytes(call, { first, length, expected: range ? undefined : first.crc32c });
  return { info: first.info, content: Readable.from(content, { objectMode: false }) };
}

interface Answer {
  info: ObjectInfo;
  crc32c: string | undefined;
  body: Readable;
}

async function* bytes(
  call: ReadCall,
  read: { first: Answer; length: number; expected: string | undefined },
): AsyncGenerator<Buffer> {
  const { first, length, expected } = read;
  const start = call.options.range?.start ?? 0;
  const crc = createCrc32c();
  let { body } = first;
  let received = 0;
  /** Interruptions since the last new byte. */
  let fruitless = 0;
  for (;;) {
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        received += chunk.length;
        fruitless = 0;
        crc.update(chunk);
        yield chunk;
      }
    } catch (error) {
      if (!mayRepeat(error)) throw gcsError(error, call);
    }
    if (received >= length) break;
    if (fruitless > call.buckets.patience.retries)
      throw gcsError(new Error('the connection breaks again and again'), call);
    const { generation } = first.info;
    // From now on that generation is a condition: parts of two are never joined.
    const rest = { ...call, options: { ...call.options, ifGeneration: generation } };
    const next = await patiently(rest, fruitless++, () => request(call, start + received, generation));
    body = next.body;
  }
  const digest = crc.digest();
  if (expected !== undefined && digest !== expected) throw refuse.checksum(call.key, expected, digest);
}

/**
 * Repeats a request while that may help. Done here because the client's own repetition of a streamed answer pipes
 * into a stream that it has closed, which ends the process.
 */
async function patiently(call: ReadCall, tried: number, work: () => Promise<Answer>): Promise<Answer> {
  const { retries, longestWait } = call.buckets.patience;
  for (let attempt = tried; ; attempt++) {
    // Waits double from one second; half of each is random, so that many readers do not come back at once.
    if (attempt > 0) await wait(1000 * Math.min(2 ** (attempt - 1), longestWait) * (0.5 + Math.random() / 2));
    try {
      return await work();
    } catch (error) {
      if (attempt < retries && mayRepeat(error)) continue;
      const { key, url, options } = call;
      throw gcsError(error, { key, url, condition: options, start: options.range?.start });
    }
  }
}

/** Whether asking again may help: the network failed, or the service was busy. */
function mayRepeat(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

/** Asks for the bytes from `start` on, and waits for the headers. */
function request(call: ReadCall, start: number, generation: string | undefined): Promise<Answer> {
  const { buckets, name, key, options } = call;
  const end = options.range?.end;
  const body = buckets.once.file(name, generation === undefined ? {} : { generation }).createReadStream({
    validation: false, // Checked here: over all requests that it took.
    decompress: false,
    ...(options.range || start > 0 ? { start } : {}),
    ...(end === undefined ? {} : { end: end - 1 }),
  });
  return new Promise((resolve, reject) => {
    body.once('error', reject);
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
