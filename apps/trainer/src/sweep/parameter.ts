import { AssayError } from '@assay/schema';
import { z } from 'zod';

const range = { from: z.number(), to: z.number() };
const positiveRange = { from: z.number().positive(), to: z.number().positive() };
/** Points that a grid takes between `from` and `to`, both among them. */
const steps = z.int().min(2).max(1000).optional();

/** What one key of a configuration may be in a sweep. */
export const parameterSpec = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('uniform'), ...range, steps }),
    /** Evenly spread over the orders of magnitude. */
    z.strictObject({ type: z.literal('log-uniform'), ...positiveRange, steps }),
    z.strictObject({
      type: z.literal('int'),
      from: z.int(),
      to: z.int(),
      /** Evenly spread over the orders of magnitude; `from` is then at least 1. */
      log: z.boolean().default(false),
      steps,
    }),
    z.strictObject({ type: z.literal('choice'), values: z.array(z.json()).min(1) }),
  ])
  .superRefine((spec, context) => {
    if (spec.type === 'choice') return;
    if (spec.from >= spec.to)
      context.addIssue({ code: 'custom', path: ['from'], message: 'expected less than "to"' });
    if (spec.type === 'int' && spec.log && spec.from < 1)
      context.addIssue({ code: 'custom', path: ['from'], message: 'expected at least 1 with log' });
  });
export type ParameterSpec = z.output<typeof parameterSpec>;

/** Values of one trial by dotted key. */
export type Values = Readonly<Record<string, z.core.util.JSONType>>;

/** A number as a search sees it: a place on a line along which all places are equally likely beforehand. */
export interface Line {
  readonly low: number;
  readonly high: number;
  /** The value at a place, to four significant digits, so that what is shown is what was run. */
  valueAt(place: number): number;
  placeOf(value: number): number;
}

/** The line of a parameter that is a number. */
export function lineOf(spec: Exclude<ParameterSpec, { type: 'choice' }>): Line {
  const { from, to } = spec;
  const clamp = (value: number) => Math.min(to, Math.max(from, value));
  const short = (value: number) => Number(value.toPrecision(4));
  switch (spec.type) {
    case 'uniform':
      return { low: from, high: to, valueAt: (place) => clamp(short(place)), placeOf: (value) => value };
    case 'log-uniform':
      return {
        low: Math.log(from),
        high: Math.log(to),
        valueAt: (place) => clamp(short(Math.exp(place))),
        placeOf: Math.log,
      };
    case 'int': {
      // Each whole number has the line from half before it to half behind it.
      const [bend, straighten] = spec.log ? [Math.log, Math.exp] : [identity, identity];
      return {
        low: bend(from - 0.5),
        high: bend(to + 0.5),
        valueAt: (place) => clamp(Math.round(straighten(place))),
        placeOf: bend,
      };
    }
  }
}

const identity = (value: number) => value;

/** Whether a value is one that the parameter can take. */
export function isWithin(spec: ParameterSpec, value: unknown): boolean {
  if (spec.type === 'choice') return spec.values.some((one) => sameJson(one, value));
  if (typeof value !== 'number' || value < spec.from || value > spec.to) return false;
  return spec.type !== 'int' || Number.isInteger(value);
}

/**
 * The values that a grid takes.
 *
 * @throws AssayError `invalid-configuration` for a continuous parameter without `steps`.
 */
export function gridValues(key: string, spec: ParameterSpec): readonly z.core.util.JSONType[] {
  if (spec.type === 'choice') return spec.values;
  const { from, to } = spec;
  if (spec.steps === undefined) {
    if (spec.type === 'int') return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    throw new AssayError(
      'invalid-configuration',
      `parameters.${key}: a grid needs "steps", the number of values from ${from} to ${to}.`,
    );
  }
  const { placeOf, valueAt } = lineOf(spec);
  const [low, high, last] = [placeOf(from), placeOf(to), spec.steps - 1];
  const values = Array.from({ length: spec.steps }, (_, index) =>
    index === 0 ? from : index === last ? to : valueAt(low + ((high - low) * index) / last),
  );
  return [...new Set(values)];
}

/** Whether two JSON values are equal, in the order of their keys too. */
export function sameJson(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) === JSON.stringify(second);
}
