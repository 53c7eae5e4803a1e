import { AssayError } from '@assay/schema';
import type { RunValue } from './run-values.ts';

/** Whether a run is wanted. */
export type Condition = (values: Readonly<Record<string, RunValue>>) => boolean;

const order: Record<string, (comparison: number) => boolean> = {
  '<=': (comparison) => comparison <= 0,
  '>=': (comparison) => comparison >= 0,
  '<': (comparison) => comparison < 0,
  '>': (comparison) => comparison > 0,
};

/**
 * Reads a condition: `state=finished`, `name~wine` (contains), `optimiser.type!=sgd`, `best>0.6`,
 * `started>=2026-11-20`. Numbers are compared as numbers, all else as text. A run that lacks the name meets
 * `!=` only.
 *
 * @throws AssayError `invalid-configuration` for anything else.
 */
export function parseCondition(text: string): Condition {
  const match = /^\s*([\w.-]+?)\s*(<=|>=|!=|=|~|<|>)\s*(.*?)\s*$/.exec(text);
  if (!match)
    throw new AssayError(
      'invalid-configuration',
      `Expected a condition such as state=finished, name~wine or best>0.6, received "${text}".`,
    );
  const [, name, operator, wanted] = match as unknown as [string, string, string, string];
  return (values) => {
    const value = values[name];
    if (value === undefined || value === null) return operator === '!=';
    if (operator === '~') return String(value).toLowerCase().includes(wanted.toLowerCase());
    if (operator === '=' || operator === '!=') return same(value, wanted) === (operator === '=');
    return order[operator]!(compare(value, wanted));
  };
}

function same(value: RunValue, wanted: string): boolean {
  return typeof value === 'number' && wanted !== '' ? value === Number(wanted) : String(value) === wanted;
}

/** Negative where the first comes before the second; NaN where a number meets what is none. */
export function compare(first: RunValue, second: RunValue): number {
  if (typeof first === 'number' || typeof second === 'number')
    return (typeof first === 'number' ? first : Number(first)) - Number(second);
  return String(first) < String(second) ? -1 : String(first) === String(second) ? 0 : 1;
}

/** Sorts by a name's value, `-name` from the largest down; what lacks it comes last. */
export function sortBy<T>(
  items: readonly T[],
  key: string,
  valuesOf: (item: T) => Record<string, RunValue>,
): T[] {
  const name = key.replace(/^-/, '');
  const sign = key.startsWith('-') ? -1 : 1;
  return items
    .map((item) => ({ item, value: valuesOf(item)[name] ?? null }))
    .sort(({ value: first }, { value: second }) =>
      first === null || second === null
        ? Number(first === null) - Number(second === null)
        : sign * compare(first, second),
    )
    .map(({ item }) => item);
}
