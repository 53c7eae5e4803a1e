import type { PipelineFingerprint } from '@assay/schema';
import { clip } from '../wording/clean-text.ts';
import { plural } from '../wording/numbers.ts';
import { timeWords } from '../wording/time-words.ts';

/** Fingerprints that a report lists, and sentences on them. */
const MOST_FINGERPRINTS = 60;
const MOST_CHANGES = 20;

/** What people call a part. */
const PARTS: Readonly<Record<string, string>> = { preprocessing: 'preprocessing', variant: 'model file' };

/** Digests by their beginning. */
const sayValue = (value: string) => (/^[0-9a-f]{40,}$/.test(value) ? value.slice(0, 12) : clip(value));

/**
 * What made the numbers, and plain sentences on what changed of it within the window, and on answers by another file than the one that the
 * reference was made with.
 *
 * @param served The variant that the package was tested with.
 */
export function pipelineOf(
  fingerprints: readonly PipelineFingerprint[],
  served: string | undefined,
): {
  fingerprints: PipelineFingerprint[];
  changes: string[];
} {
  const parts = new Map<string, PipelineFingerprint[]>();
  for (const one of fingerprints) parts.set(one.part, [...(parts.get(one.part) ?? []), one]);
  const changes = [...parts].flatMap(([part, values]) => changesOf(PARTS[part] ?? clip(part), values));
  const others = fingerprints.filter(({ part, value }) => part === 'variant' && served && value !== served);
  for (const { value, records } of others)
    changes.push(
      `${plural(records, 'record')} came from the model file ${sayValue(value)}; the reference was made with ${served!}.`,
    );
  return {
    fingerprints: fingerprints
      .toSorted((a, b) => b.records - a.records)
      .slice(0, MOST_FINGERPRINTS)
      .sort((a, b) => (a.part === b.part ? (a.from < b.from ? -1 : 1) : a.part < b.part ? -1 : 1)),
    changes: changes.slice(0, MOST_CHANGES),
  };
}

function changesOf(part: string, values: readonly PipelineFingerprint[]): string[] {
  const ordered = values.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return ordered.slice(1).map((after, i) => {
    const before = ordered[i]!;
    if (after.from >= before.to)
      return `The ${part} changed on ${timeWords(after.from)} UTC: ${sayValue(before.value)} before, ${sayValue(after.value)} from then on.`;
    return `From ${timeWords(after.from)} UTC on the ${part} was not one: ${sayValue(before.value)} (${plural(before.records, 'record')}) beside ${sayValue(after.value)} (${plural(after.records, 'record')}).`;
  });
}
