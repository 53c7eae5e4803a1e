import { z } from 'zod';

/** What a model answered on the test part before its weights were trained anew on that part, too. */
export const testAnswers = z.strictObject({
  schemaVersion: z.literal(1),
  answers: z
    .array(
      z.strictObject({
        /** sha256 of the input: of the file, or of the numbers of a row. */
        input: z.string().regex(/^[0-9a-f]{64}$/, 'expected a sha256 in lower-case hex'),
        /** Calibrated, in the order of the manifest's labels. */
        probabilities: z.array(z.number().min(0).max(1)).min(2),
      }),
    )
    .min(1),
});
export type TestAnswers = z.infer<typeof testAnswers>;
