import { z } from 'zod';

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 1;

/**
 * How often each name was seen, whole numbers from 1. Left as it came: zod's own record copies what it checks, and would lose a name that
 * is called `__proto__`.
 */
export const nameCounts = z.custom<Record<string, number>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(isCount),
  'expected a whole number from 1 for each name',
);
