import { z } from 'zod';

/** Body of every refusal over HTTP, `application/problem+json` (RFC 9457). */
export const problemDocument = z.looseObject({
  type: z.string().describe('URI of the kind of problem: `urn:assay:problem:` and the code'),
  title: z.string().describe('What kind of problem this is; never varies for one code'),
  status: z.int().describe('The HTTP status'),
  detail: z.string().describe('What was expected, what came and what to do'),
  instance: z.string().describe('URI of this occurrence: `urn:assay:request:` and the request id'),
  code: z.string().describe('Stable name of the problem, to be matched on by programs'),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
