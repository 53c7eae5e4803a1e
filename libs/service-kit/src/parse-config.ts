import { AssayError } from '@assay/schema';
import { z } from 'zod';

/**
 * Reads a service's configuration from environment variables, once. A variable that is set to nothing counts as
 * unset. The result is frozen, deeply.
 *
 * @param schema object schema whose keys are the names of the variables
 * @param environment usually `process.env`; only `config.ts` files read that
 * @throws AssayError `invalid-configuration` that lists every fault with the name of its variable. Values are not
 *   repeated: they may be secrets.
 * @example parseConfig(z.object({ PORT: wholeNumber({ min: 0, max: 65535, default: 8081 }) }), process.env).PORT
 */
export function parseConfig<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<z.output<Schema>> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set, { error: (issue) => withoutValue(issue.code, issue.input) });
  if (result.success) return deepFreeze(result.data);
  const faults = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'environment'}: ${issue.message}`,
  );
  throw new AssayError(
    'invalid-configuration',
    `Set these environment variables right:\n  ${faults.join('\n  ')}`,
    {
      extensions: { variables: result.error.issues.map((issue) => issue.path.join('.')) },
    },
  );
}

/** Bounds, both included, and what holds where the variable is not set. */
export interface WholeNumberOptions {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** A variable that holds a decimal whole number; signs, exponents, hexadecimal and units are refused. */
export function wholeNumber(options: WholeNumberOptions) {
  const expected = `expected a whole number from ${options.min} to ${options.max}`;
  return z
    .string()
    .default(String(options.default))
    .refine((text) => /^\d{1,15}$/.test(text.trim()), { error: expected, abort: true })
    .transform(Number)
    .refine((value) => value >= options.min && value <= options.max, { error: expected });
}

/** A variable that holds one of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
  fallback: Words[number],
) {
  return z.enum(words, { error: `expected one of ${words.join(', ')}` }).default(fallback);
}

/** A variable that holds a URL of one of a few kinds. @param schemes such as `file:` and `gs://` */
export function urlOf(schemes: readonly string[], fallback: string) {
  return z
    .string()
    .default(fallback)
    .refine((text) => schemes.some((scheme) => text.startsWith(scheme) && text.length > scheme.length), {
      error: `expected a URL that begins with ${schemes.join(' or ')}`,
    });
}

function withoutValue(code: string | undefined, input: unknown): string | undefined {
  if (code === 'invalid_type' && input === undefined) return 'is required and not set';
  return undefined;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}
