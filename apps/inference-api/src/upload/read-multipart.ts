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

/** A file of a form. */
export interface FormFile {
  /** As the caller calls it. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a form may hold. */
export interface FormLimits {
  readonly files: number;
  /** Bytes of all files together. */
  readonly totalBytes: number;
}

/**
 * Takes the one file out of a `multipart/form-data` body, whatever its field is called. Text fields are ignored.
 *
 * @throws AssayError `no-file`, `too-many-files`, `upload-too-large`, `malformed-multipart`, `request-aborted`
 */
export async function readMultipart(request: Request, response: Response, maxBytes: number): Promise<Buffer> {
  const [file] = await readForm(request, response, { files: 1, totalBytes: maxBytes });
  return file!.bytes;
}

/**
 * Takes the files out of a `multipart/form-data` body, at least one, whatever their fields are called.
 *
 * The body is read first and parsed from memory: parsing while reading would let an upload that is already refused
 * go on until it ends by itself.
 *
 * @throws AssayError `no-file`, `too-many-files` (`batch-too-large` where several are allowed), `upload-too-large`,
 *   `malformed-multipart`, `request-aborted`
 */
export async function readForm(
  request: Request,
  response: Response,
  limits: FormLimits,
): Promise<FormFile[]> {
  const { files, totalBytes } = limits;
  const chunks = await readChunks(request, totalBytes + FORM_OVERHEAD_BYTES * files);
  const options: multer.Options & StreamHandler = {
    storage: multer.memoryStorage(),
    limits: {
      files,
      fileSize: totalBytes,
      fields: 100,
      parts: files + 100,
      fieldSize: FORM_OVERHEAD_BYTES,
    },
    streamHandler(_request, parser) {
      for (const chunk of chunks) parser.write(chunk);
      parser.end();
    },
  };
  const parse = multer(options).any();
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error: unknown) => {
      if (error === undefined) resolve();
      else reject(refusal(error, limits));
    });
  });
  const found = (request.files as Express.Multer.File[] | undefined) ?? [];
  if (found.length === 0) {
    const fields = Object.keys((request.body ?? {}) as object);
    const came =
      fields.length === 0 ? 'none came' : `only text came, in ${fields.map((f) => `"${f}"`).join(', ')}`;
    throw new AssayError(
      'no-file',
      `Expected ${files === 1 ? 'one file' : 'files'} in the form, in any field; ${came}. Try: curl -F image=@photo.jpg`,
    );
  }
  // The request outlives the prediction; the images need not.
  delete request.files;
  return found.map(({ originalname, buffer }) => ({ name: originalname, bytes: buffer }));
}

function refusal(error: unknown, { files, totalBytes }: FormLimits): AssayError {
  const code = error instanceof MulterError ? error.code : undefined;
  if (code === 'LIMIT_FILE_COUNT' && files > 1) return tooManyInputs(files, 'more came');
  if (code === 'LIMIT_FILE_COUNT')
    return new AssayError(
      'too-many-files',
      'Expected one file in the form; more came. Send one request for each, or all to /predict/batch.',
    );
  if (code === 'LIMIT_FILE_SIZE') return tooLarge(totalBytes, 'the file is larger');
  const reason = error instanceof Error ? error.message : String(error);
  return new AssayError(
    'malformed-multipart',
    `Expected a multipart/form-data body; it cannot be parsed: ${reason}.`,
    {
      cause: error,
    },
  );
}

/** The refusal of more inputs than one request may hold. */
export function tooManyInputs(most: number, came: string): AssayError {
  return new AssayError('batch-too-large', `Expected at most ${most} inputs in one request; ${came}.`, {
    extensions: { maxInputs: most },
  });
}
