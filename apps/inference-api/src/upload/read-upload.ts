import type { IncomingMessage } from 'node:http';
import { AssayError } from '@assay/schema';
import type { Request, Response } from 'express';
import { readBody } from './read-body.ts';
import { readMultipart } from './read-multipart.ts';

/** What came to be classified. */
export type Upload = { readonly bytes: Uint8Array } | { readonly features: unknown };

/** A feature row is small; larger JSON would only cost time to parse. */
const MAX_JSON_BYTES = 2 ** 20;

/**
 * Reads what is to be classified from a request: a form with one file, an image as the body, or a feature row.
 *
 * @param maxBytes largest image
 * @throws AssayError `no-file`, `unsupported-media-type`, `malformed-json`, `invalid-features` and those of
 *   {@link readBody} and {@link readMultipart}
 */
export async function readUpload(request: Request, response: Response, maxBytes: number): Promise<Upload> {
  if (!hasBody(request)) throw noFile('the request has no body');
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new AssayError(
      'unsupported-media-type',
      `Expected a body as it is; it is encoded with "${encoding}".`,
    );
  const mediaType = (request.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'multipart/form-data')
    return { bytes: notEmpty(await readMultipart(request, response, maxBytes)) };
  if (mediaType === 'application/json')
    return { features: featuresOf(await readBody(request, MAX_JSON_BYTES)) };
  // A body without a type is taken for bytes, as HTTP allows; the decoder looks at the bytes in any case.
  if (mediaType === '' || mediaType === 'application/octet-stream' || /^image\/[\w.+-]+$/.test(mediaType))
    return { bytes: notEmpty(await readBody(request, maxBytes)) };
  throw new AssayError(
    'unsupported-media-type',
    `Expected multipart/form-data with one file, image/*, application/octet-stream or application/json; received ${mediaType}.`,
  );
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function notEmpty(bytes: Buffer): Buffer {
  if (bytes.length === 0) throw noFile('it is empty');
  return bytes;
}

function noFile(came: string): AssayError {
  return new AssayError(
    'no-file',
    `Expected an image, as one file of a form or as the body; ${came}. Try: curl -F image=@photo.jpg`,
  );
}

function featuresOf(body: Buffer): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('malformed-json', `Expected JSON; it cannot be parsed: ${reason}.`, { cause });
  }
  if (typeof parsed !== 'object' || parsed === null || !('features' in parsed))
    throw new AssayError(
      'invalid-features',
      'Expected {"features": {"name": number, …}}; there is no "features".',
    );
  return parsed.features;
}
