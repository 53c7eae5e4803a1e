import type { IncomingMessage } from 'node:http';
import { AssayError } from '@assay/schema';
import type { Request, Response } from 'express';
import { parseRows } from './parse-rows.ts';
import { readBody, tooLarge } from './read-body.ts';
import { readForm, readMultipart, tooManyInputs } from './read-multipart.ts';

/** What came to be classified. */
export type Upload = { readonly bytes: Uint8Array } | { readonly features: unknown };

/** One of several uploads: read, or refused by itself. */
export interface ListedUpload {
  /** Name of its file, where it has one. */
  readonly file?: string;
  readonly upload: Upload | AssayError;
}

/** What one request may hold. */
export interface UploadLimits {
  /** Bytes of one image. */
  readonly fileBytes: number;
  /** Bytes of all images of a batch. */
  readonly batchBytes: number;
  /** Images or rows of a batch. */
  readonly batchInputs: number;
}

/** A thousand rows of a hundred features; larger JSON would only cost time to parse. */
const MAX_JSON_BYTES = 4 * 2 ** 20;

/**
 * Reads the one thing that is to be classified from a request: a form with one file, an image as the body, or a row of features.
 *
 * @param maxBytes largest image
 * @throws AssayError `no-file`, `unsupported-media-type`, `malformed-json`, `invalid-features` and those of
 *   {@link readBody} and {@link readMultipart}
 */
export async function readUpload(request: Request, response: Response, maxBytes: number): Promise<Upload> {
  const found = await readAny(request, response, maxBytes);
  if (!('rows' in found)) return found;
  throw new AssayError(
    'invalid-features',
    `Expected one row of features; received a list of ${found.rows.length}.`,
  );
}

/**
 * As {@link readUpload}, but a list of rows is taken as well.
 *
 * @throws AssayError as {@link readUpload}, and `batch-too-large`
 */
export async function readUploadOrRows(
  request: Request,
  response: Response,
  limits: UploadLimits,
): Promise<Upload | readonly ListedUpload[]> {
  const found = await readAny(request, response, limits.fileBytes);
  return 'rows' in found ? listed(found.rows, limits) : found;
}

/**
 * Reads several things that are to be classified: a form with files, or rows of features.
 *
 * @throws AssayError as {@link readUploadOrRows}; an empty or too large file is refused by itself
 */
export async function readBatch(
  request: Request,
  response: Response,
  limits: UploadLimits,
): Promise<readonly ListedUpload[]> {
  if (mediaTypeOf(request) === 'application/json') {
    const found = parseRows((await readBody(request, MAX_JSON_BYTES)).toString('utf8'));
    return 'rows' in found ? listed(found.rows, limits) : [{ upload: found }];
  }
  if (mediaTypeOf(request) !== 'multipart/form-data')
    throw new AssayError(
      'unsupported-media-type',
      `Expected multipart/form-data with files, or application/json with rows; received ${mediaTypeOf(request) || 'no type'}.`,
    );
  const { batchInputs: files, batchBytes: totalBytes, fileBytes } = limits;
  const found = await readForm(request, response, { files, totalBytes });
  return found.map(({ name: file, bytes }) => {
    if (bytes.length === 0) return { file, upload: noFile('it is empty') };
    if (bytes.length > fileBytes) return { file, upload: tooLarge(fileBytes, 'the file is larger') };
    return { file, upload: { bytes } };
  });
}

function listed(rows: readonly unknown[], { batchInputs }: UploadLimits): ListedUpload[] {
  if (rows.length > batchInputs) throw tooManyInputs(batchInputs, `${rows.length} came`);
  return rows.map((features) => ({ upload: { features } }));
}

async function readAny(
  request: Request,
  response: Response,
  maxBytes: number,
): Promise<Upload | { readonly rows: readonly unknown[] }> {
  const mediaType = mediaTypeOf(request);
  if (mediaType === 'multipart/form-data')
    return { bytes: notEmpty(await readMultipart(request, response, maxBytes)) };
  if (mediaType === 'application/json')
    return parseRows((await readBody(request, MAX_JSON_BYTES)).toString('utf8'));
  // A body without a type is taken for bytes, as HTTP allows; the decoder looks at the bytes in any case.
  if (mediaType === '' || mediaType === 'application/octet-stream' || /^image\/[\w.+-]+$/.test(mediaType))
    return { bytes: notEmpty(await readBody(request, maxBytes)) };
  throw new AssayError(
    'unsupported-media-type',
    `Expected multipart/form-data with one file, image/*, application/octet-stream or application/json; received ${mediaType}.`,
  );
}

/** The media type of a body that is there and can be read. */
function mediaTypeOf(request: Request): string {
  if (!hasBody(request)) throw noFile('the request has no body');
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new AssayError(
      'unsupported-media-type',
      `Expected a body as it is; it is encoded with "${encoding}".`,
    );
  return (request.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
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
