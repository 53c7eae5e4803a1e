import { z } from 'zod';
import { loggedOutcome } from './prediction-record.ts';

const count = z.int().min(0);
const milliseconds = z.number().min(0);

/** Lengths of the intervals that traffic is counted by, milliseconds. */
export const trafficUnits = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type TrafficUnit = keyof typeof trafficUnits;

/** What happened in an interval. */
export const trafficInterval = z.strictObject({
  from: z.iso.datetime().describe('Its beginning, UTC'),
  requests: count.describe('Predictions that were asked for'),
  outcomes: z.record(loggedOutcome, count).describe('How they ended'),
  decisions: z
    .record(z.string(), count)
    .describe('Of those with an answer: labels, `uncertain`, `out-of-scope`'),
  codes: z.record(z.string(), count).describe('Of those without an answer: why'),
  latencyMs: z
    .strictObject({ p50: milliseconds, p90: milliseconds, p99: milliseconds })
    .optional()
    .describe('Time in the service that 50, 90 and 99 % of the answers did not exceed'),
  feedback: z
    .strictObject({
      given: count.describe('Answers of which the truth is known'),
      right: count.describe('Of these, whose prediction was the truth'),
    })
    .describe('By the latest truth that was said'),
});
export type TrafficInterval = z.infer<typeof trafficInterval>;

export const traffic = z.strictObject({
  window: z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() }),
  per: z.enum(Object.keys(trafficUnits) as [TrafficUnit, ...TrafficUnit[]]),
  intervals: z.array(trafficInterval).describe('The earliest first; those without requests are left out'),
});
/** Answer of `GET /traffic`. */
export type Traffic = z.infer<typeof traffic>;
