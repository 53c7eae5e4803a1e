import type { Writable } from 'node:stream';
import { AssayError } from '@assay/schema';
import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { readChunks, tooLarge } from './read-body.ts';

/** What boundaries, part headers and text fields may take beside the file, bytes. */
const FORM_OVERHEAD_BYTES = 64 * 1024;

/** An option of multer 2.5 that its published types do not know yet: what feeds the parser. */
interface StreamHandler {
  streamHandler(request: Request, parser: Writable): void;
}

/**
 * Takes the one file out of a `multipart/form-data` body, whatever its field is called. Text fields are ignored.
 *
 * The body is read first and parsed from memory: parsing while reading would let an upload that is already refused
 * go on until it ends by itself.
 *
 * @throws AssayError `no-file`, `too-many-files`, `upload-too-large`, `malformed-multipart`, `request-aborted`
 */
export async function readMultipart(request: Request, response: Response, maxBytes: number): Promise<Buffer> {
  const chunks = await readChunks(request, maxBytes + FORM_OVERHEAD_BYTES);
  const options: multer.Options & StreamHandler = {
    storage: multer.memoryStorage(),
    limits: { files: 1, fileSize: maxBytes, fields: 100, parts: 101, fieldSize: FORM_OVERHEAD_BYTES },
    streamHandler(_request, parser) {
      for (const chunk of chunks) parser.write(chunk);
      parser.end();
    },
  };
  const parse = multer(options).any();
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error: unknown) => {
      if (error === undefined) resolve();
      else reject(refusal(error, maxBytes));
    });
  });
  const file = (request.files as Express.Multer.File[] | undefined)?.[0];
  if (file === undefined) {
    const fields = Object.keys((request.body ?? {}) as object);
    const came =
      fields.length === 0 ? 'none came' : `only text came, in ${fields.map((f) => `"${f}"`).join(', ')}`;
    throw new AssayError(
      'no-file',
      `Expected one file in the form, in any field; ${came}. Try: curl -F image=@photo.jpg`,
    );
  }
  // The request outlives the prediction; the image need not.
  delete request.files;
  return file.buffer;
}

function refusal(error: unknown, maxBytes: number): AssayError {
  const code = error instanceof MulterError ? error.code : undefined;
  if (code === 'LIMIT_FILE_COUNT')
    return new AssayError(
      'too-many-files',
      'Expected one file in the form; more came. Send one request for each.',
    );
  if (code === 'LIMIT_FILE_SIZE') return tooLarge(maxBytes, 'the file is larger');
  const reason = error instanceof Error ? error.message : String(error);
  return new AssayError(
    'malformed-multipart',
    `Expected a multipart/form-data body; it cannot be parsed: ${reason}.`,
    {
      cause: error,
    },
  );
}
