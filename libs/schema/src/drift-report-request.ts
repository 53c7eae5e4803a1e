import { z } from 'zod';
import { driftReportEntry } from './drift-report.ts';
import { modelName, modelVersion } from './model-manifest.ts';

/** A stretch of time that ends now: whole hours or days. */
export const reportSpan = z
  .string()
  .regex(/^[1-9]\d{0,3}[hd]$/, 'expected a number of hours or days, such as 24h or 7d');

/** Body of `POST /reports`. Without a model: every champion; without a window: the last whole hours, as the schedule has them. */
export const driftReportRequest = z
  .strictObject({
    model: modelName.optional().describe('Name of the model; every champion where left out'),
    version: modelVersion.optional().describe('Version of the model; its champion where left out'),
    window: z
      .union(
        [
          reportSpan,
          z.strictObject({
            from: z.iso.datetime({ offset: true }).describe('Rounded down to the hour'),
            to: z.iso
              .datetime({ offset: true })
              .describe('Not included; rounded up to the hour, in the current hour to the minute'),
          }),
        ],
        {
          error:
            'expected a span such as "24h" or "7d", or { "from", "to" } with times such as 2026-05-01T07:00:00Z',
        },
      )
      .optional()
      .describe('`24h`, `7d`: up to this minute; the last hours that are over where left out'),
  })
  .refine(({ model, version }) => version === undefined || model !== undefined, {
    error: 'expected a model beside the version',
    path: ['model'],
  });
export type DriftReportRequest = z.infer<typeof driftReportRequest>;

/** What came of a look at every champion: a model that cannot be judged does not keep the others from it. */
export const driftReportBatch = z.strictObject({
  reports: z.array(driftReportEntry).describe('One for each model that could be judged'),
  problems: z
    .array(z.strictObject({ model: modelName, code: z.string(), detail: z.string() }))
    .describe('Why the others could not'),
});
export type DriftReportBatch = z.infer<typeof driftReportBatch>;

/** A page of `GET /reports`, the latest window first. */
export const driftReportPage = z.strictObject({
  reports: z.array(driftReportEntry),
  nextPageToken: z
    .string()
    .optional()
    .describe('Names the next page; absent on the last. A page may be short, or empty, and not the last'),
});
export type DriftReportPage = z.infer<typeof driftReportPage>;
