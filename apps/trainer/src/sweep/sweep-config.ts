import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { AssayError, modelName } from '@assay/schema';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeFaults } from '../config/faults.ts';
import { parameterSpec } from './parameter.ts';

const method = z.discriminatedUnion('type', [
  /** Every combination; a seeded choice of them where `runs` is less. */
  z.strictObject({ type: z.literal('grid') }),
  z.strictObject({ type: z.literal('random') }),
  /** Tree-structured Parzen estimator. */
  z.strictObject({
    type: z.literal('tpe'),
    /** Trials at random before the first suggestion. */
    startup: z.int().min(1).default(5),
    /** Share of the trials that count as good. */
    good: z.number().gt(0).lt(1).default(0.25),
    /** Candidates that are drawn, of which the most promising is tried. */
    candidates: z.int().min(1).default(24),
  }),
]);
export type SearchMethod = z.output<typeof method>;

const medianRule = z.strictObject({
  type: z.literal('median'),
  /** No trial ends before this epoch. */
  startEpoch: z.int().min(1).default(5),
  /** Trials that must have ended by themselves before. */
  minimumTrials: z.int().min(1).default(3),
});
export type EarlyTermination = z.output<typeof medianRule>;

/** A sweep: a training configuration, and what to try for some of its keys. */
export const sweepConfig = z.strictObject({
  name: modelName,
  /** The training configuration, relative to this file. */
  base: z.string().min(1),
  /** `key=value` for every trial and for the default configuration it is compared with. */
  settings: z.array(z.string()).default([]),
  method: method.prefault({ type: 'tpe' }),
  /** Trials at most, the default configuration not counted. */
  runs: z.int().min(1).max(100_000),
  /** Trials at a time, each in a thread of its own. */
  parallel: z.int().min(1).max(256).default(1),
  seed: z.int().default(1),
  /** Ends trials that lag behind; `null` lets each go to its end. */
  earlyTermination: medianRule.nullable().default(null),
  /** By dotted key of the training configuration. */
  parameters: z
    .record(z.string().min(1), parameterSpec)
    .refine((parameters) => Object.keys(parameters).length > 0, 'expected at least one parameter'),
});
export type SweepConfig = z.output<typeof sweepConfig>;

/**
 * Reads a sweep; `base` comes back relative to the working directory.
 *
 * @throws AssayError `invalid-configuration` that lists every fault.
 */
export function loadSweep(path: string): SweepConfig {
  const fail = (detail: string, cause?: unknown) =>
    new AssayError('invalid-configuration', detail, { cause });
  let content: unknown;
  try {
    content = parse(readFileSync(path, 'utf8'), { merge: true });
  } catch (cause) {
    throw fail(`Cannot read the sweep ${path}: expected a YAML file: ${(cause as Error).message}`, cause);
  }
  const result = sweepConfig.safeParse(content);
  if (!result.success) {
    const faults = describeFaults(result.error, { schema: sweepConfig, origins: new Map(), file: path });
    throw fail(`The sweep ${path} is not valid:${faults.map((fault) => `\n  - ${fault}`).join('')}`);
  }
  const base = resolve(dirname(path), result.data.base);
  return { ...result.data, base: relative(process.cwd(), base) };
}
