import type { z } from 'zod';
import { originOf, type Origins } from './merge.ts';
import { nearest } from './nearest.ts';
import { keysAt, valuesAt } from './schema-keys.ts';

/** Where the values that were checked came from. */
export interface FaultContext {
  schema: z.ZodType;
  origins: Origins;
  /** Named where a value is missing and so has no origin. */
  file: string;
  /** Path of the checked value in the whole configuration. */
  at?: readonly string[];
}

/** One line per fault: the key, the file (or the command line) that set it, and what was expected. */
export function describeFaults(error: z.ZodError, context: FaultContext): string[] {
  return error.issues.flatMap((issue) => describeIssue(issue, [], context));
}

function describeIssue(
  issue: z.core.$ZodIssue,
  before: readonly PropertyKey[],
  context: FaultContext,
): string[] {
  const path = [...before, ...issue.path];
  const line = (own: readonly PropertyKey[], text: string) => {
    const whole = [...(context.at ?? []), ...own];
    const source = originOf(context.origins, whole) ?? context.file;
    return `${whole.join('.') || 'the configuration'} (${source}): ${text}`;
  };
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) =>
      line([...path, key], `unknown key; ${suggest(key, keysAt(context.schema, path))}`),
    );
  if (issue.code === 'invalid_union') {
    const option =
      issue.errors.find((issues) => !issues.some(({ path: [key] }) => key === 'type')) ?? issue.errors[0];
    if (option) return option.flatMap((inner) => describeIssue(inner, path, context));
    const values = valuesAt(context.schema, path);
    if (values.length > 0) return [line(path, `expected one of ${values.join(', ')}`)];
  }
  return [line(path, issue.message)];
}

function suggest(key: string, known: readonly string[]): string {
  // A key that only another kind of the same mapping knows is no suggestion.
  const similar = nearest(
    key,
    known.filter((other) => other !== key),
  );
  return similar === undefined ? `known keys: ${known.join(', ')}` : `did you mean "${similar}"?`;
}
