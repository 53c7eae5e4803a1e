import type { IncomingMessage } from 'node:http';
import { AssayError } from '@assay/schema';

/**
 * Reads a request's body into memory, and not a byte further than allowed: a declared length beyond the limit is
 * refused unread, an undeclared one as soon as it passes the limit. The connection is left for the answer.
 *
 * @throws AssayError `upload-too-large`; `request-aborted` where the caller went away half-way
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks = await readChunks(request, maxBytes);
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** {@link readBody}, in the pieces in which it came: a parser needs no copy in one piece. */
export async function readChunks(request: IncomingMessage, maxBytes: number): Promise<Buffer[]> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes, `${declared} bytes were announced`);
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received > maxBytes) throw tooLarge(maxBytes, 'more came');
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause;
    throw new AssayError('request-aborted', `The connection ended after ${received} bytes of the body.`, {
      cause,
    });
  }
  return chunks;
}

/** The refusal of an upload beyond `maxBytes`. */
export function tooLarge(maxBytes: number, received: string): AssayError {
  return new AssayError('upload-too-large', `Expected at most ${maxBytes} bytes; ${received}.`, {
    extensions: { maxBytes },
  });
}
