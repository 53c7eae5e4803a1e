import { clientTag, type ProblemCode } from '@assay/schema';
import type { Content } from '@assay/service-kit';
import type { Response } from 'express';
import { z } from 'zod';

/** Query parameters of every route that classifies. */
export const modelQuery = {
  model: z.string().optional().describe("Name of the model; the service's default where absent"),
  version: z.string().optional().describe('Version of the model; the one that is served where absent'),
  client: clientTag
    .optional()
    .describe('Who asks, for the prediction log; the header `Assay-Client` says the same'),
};

/** Length of `top` unless asked otherwise. */
const DEFAULT_TOP = 5;

/** How many labels an answer lists. */
export const topQuery = {
  top: z.coerce
    .number({ error: 'expected a whole number of at least 1' })
    .int('expected a whole number of at least 1')
    .min(1, 'expected a whole number of at least 1')
    .default(DEFAULT_TOP)
    .describe('How many of the best labels to list'),
};

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** What is answered beside the prediction; models of images only. */
export const checksQuery = {
  evidence: flag.describe(
    'Whether to say what the file says of its own origin: C2PA manifest, IPTC digital source type, marks of generators, camera, software. Never part of the score',
  ),
  stability: flag.describe(
    'Whether to ask the model again, twelve times: about the image compressed, shrunk, blurred and with noise',
  ),
};

const image: Content = { jsonSchema: { type: 'string', format: 'binary' } };

/** The ways to send an image, by media type. */
export const imageBody: Readonly<Record<string, Content>> = {
  'multipart/form-data': {
    jsonSchema: {
      type: 'object',
      description: 'One file, in a field of any name',
      properties: { image: { type: 'string', format: 'binary' } },
    },
  },
  'image/*': image,
  'application/octet-stream': image,
};

/** Refusals of every route that takes an upload. */
export const uploadProblems = [
  'bad-request',
  'no-file',
  'too-many-files',
  'malformed-json',
  'malformed-multipart',
  'request-aborted',
  'unknown-model',
  'unknown-version',
  'upload-too-large',
  'unsupported-media-type',
  'unsupported-image-format',
  'unreadable-image',
  'too-many-pixels',
  'invalid-features',
  'wrong-input-kind',
  'overloaded',
  'not-ready',
] as const satisfies readonly ProblemCode[];

/** Aborts when the caller goes away before the answer is out, so that nobody works for nobody. */
export function signalOf(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
