import { InvalidArgumentError } from 'commander';

/** A whole number from 1 to 1000. @throws InvalidArgumentError if it is none. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1000) return count;
  throw new InvalidArgumentError('Expected a whole number from 1 to 1000.');
}
