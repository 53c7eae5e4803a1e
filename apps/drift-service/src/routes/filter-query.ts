import type { PredictionFilter } from '@assay/prediction-log';
import { clientTag, loggedOutcome, modelName, modelVersion, problems, type ProblemCode } from '@assay/schema';
import { z } from 'zod';

const label = z
  .string()
  .min(1)
  .max(256)
  // Labels of models hold none; the database takes none either.
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\x00-\x1f]*$/, 'expected no control characters');

/** A moment: `2026-05-01T07:00:00Z`, or a day, which means its beginning in UTC. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'expected a time such as 2026-05-01T07:00:00Z or a day such as 2026-05-01',
  })
  .transform((text) => new Date(text));

/** Query parameters of a window. */
export const windowQuery = {
  from: moment.optional().describe('Beginning of the window: a time, or a day in UTC'),
  to: moment.optional().describe('End of the window, not in it; now where left out'),
};

/** Query parameters by what is said in a prediction itself. */
export const recordQuery = {
  model: modelName.optional().describe('Name of the model'),
  version: modelVersion.optional().describe('Version of the model'),
  variant: z.enum(['fp32', 'int8']).optional().describe('The file that answered'),
  client: clientTag.optional().describe('Who asked'),
  outcome: loggedOutcome.optional().describe('How it ended'),
  code: z
    .enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]])
    .optional()
    .describe('Why there was no answer'),
  prediction: label.optional().describe('The most probable label'),
  decision: label.optional().describe('A label, `uncertain` or `out-of-scope`'),
  input: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits')
    .optional()
    .describe('sha256 of the input'),
};

/** Query parameters by what was said of a prediction later. */
export const feedbackQuery = {
  label: label.optional().describe('The truth, as the latest feedback has it'),
  feedback: z
    .enum(['given', 'missing', 'right', 'wrong'])
    .optional()
    .describe('Whether the truth is known; whether the prediction was `right` or `wrong`'),
};

/** Members that are set, as a filter has them. */
export function filterOf(query: {
  readonly [Name in keyof PredictionFilter]?: PredictionFilter[Name] | undefined;
}): PredictionFilter {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
