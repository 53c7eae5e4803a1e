import { AssayError } from '@assay/schema';
import type { Precondition } from './object-store.ts';

/** The refusals that both stores share, in the same words. */
export const refuse = {
  missing: (key: string, url: string, cause?: unknown) =>
    new AssayError('object-not-found', `There is no object "${key}" in ${url}.`, { cause }),

  precondition: (key: string, required: Precondition, found?: string) =>
    new AssayError(
      'precondition-failed',
      required.ifAbsent
        ? `"${key}" exists already: expected that nothing is there. Read it, or choose another name.`
        : `"${key}" was written or deleted by somebody else: expected generation ${required.ifGeneration ?? '(any)'}, ` +
            `found ${found ?? 'another'}. Read it again and repeat the change.`,
      { extensions: { key, ...(found === undefined ? {} : { generation: found }) } },
    ),

  range: (key: string, start: number, size?: number) =>
    new AssayError(
      'invalid-range',
      `"${key}" ${size === undefined ? 'is shorter' : `has ${size} bytes`}: a range cannot begin at byte ${start}.`,
    ),

  checksum: (key: string, expected: string, received: string) =>
    new AssayError(
      'checksum-mismatch',
      `The content of "${key}" was damaged on its way: expected CRC32C ${expected}, received ${received}. Send it again.`,
    ),
};

/**
 * @throws AssayError `bad-request` if a range is not one, or a precondition contradicts itself.
 */
export function checkOptions(options: Precondition & { range?: { start: number; end?: number } }): void {
  if (options.ifAbsent && options.ifGeneration !== undefined)
    throw new AssayError(
      'bad-request',
      'Give ifAbsent or ifGeneration, not both: no object can satisfy them.',
    );
  const { range } = options;
  if (!range) return;
  const { start, end } = range;
  const bounds = end === undefined ? [start] : [start, end];
  if (
    bounds.some((bound) => !Number.isSafeInteger(bound) || bound < 0) ||
    (end !== undefined && end <= start)
  )
    throw new AssayError(
      'invalid-range',
      `Expected a range of bytes with 0 ≤ start < end, received ${start} to ${end ?? 'the end'}.`,
    );
}
