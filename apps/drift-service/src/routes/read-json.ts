import { AssayError } from '@assay/schema';
import { json, type Request, type RequestHandler, type Response } from 'express';

/** A body of JSON, or none. */
export interface JsonReader {
  /**
   * @returns `undefined` where the request has no body
   * @throws AssayError `unsupported-media-type`, `malformed-json`, `upload-too-large`
   */
  read(request: Request, response: Response): Promise<unknown>;
}

/** @param limit longest body, such as `64kb` */
export function jsonReader(limit: string): JsonReader {
  const parse: RequestHandler = json({ limit });
  return {
    async read(request, response) {
      if (!hasBody(request)) return undefined;
      if (!request.is('application/json'))
        throw new AssayError(
          'unsupported-media-type',
          `Expected application/json; received ${request.get('content-type') ?? 'a body of no type'}.`,
        );
      const parsed = Promise.withResolvers<undefined>();
      await parse(request, response, (error?: unknown) => {
        if (error === undefined) parsed.resolve(undefined);
        else parsed.reject(error);
      });
      await parsed.promise;
      return request.body as unknown;
    },
  };
}

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
