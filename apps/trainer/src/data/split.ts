import { createHash } from 'node:crypto';
import { splitNames, type Listed, type Sample, type SplitName } from './sample.ts';

/** How a data set is parted. */
export interface SplitOptions {
  /** Share of each class, 0 to 1. What the data set itself gives as test is all of the test split. */
  validation: number;
  test: number;
  /** Another seed parts the data another way. */
  seed: number;
}

/** The parted samples, and what was left out. */
export interface Split<T extends Listed> {
  train: Sample<T>[];
  validation: Sample<T>[];
  test: Sample<T>[];
  /** Samples of a given training part whose very content is also in the given test part. */
  leaked: Sample<T>[];
}

/**
 * Parts the samples by class. Who goes where depends only on the seed and the content: equal files stay
 * together (with the label of the first), whatever their names and order.
 */
export function splitSamples<T extends Listed>(
  samples: readonly Sample<T>[],
  options: SplitOptions,
): Split<T> {
  const split: Split<T> = { train: [], validation: [], test: [], leaked: [] };
  const given = samples.some((sample) => sample.given === 'test');
  const testDigests = new Set(samples.filter((one) => one.given === 'test').map((one) => one.digest));
  const open: Sample<T>[] = [];
  for (const sample of samples) {
    if (sample.given === 'test') split.test.push(sample);
    else if (testDigests.has(sample.digest)) split.leaked.push(sample);
    else open.push(sample);
  }
  const shares = { validation: options.validation, test: given ? 0 : options.test };
  for (const groups of groupsByClass(open, options.seed).values()) {
    const total = groups.reduce((sum, group) => sum + group.length, 0);
    let wanted = wantedCounts(total, shares);
    for (const group of groups) {
      const name = wanted.test > 0 ? 'test' : wanted.validation > 0 ? 'validation' : 'train';
      split[name].push(...group);
      wanted = { ...wanted, [name]: (name === 'train' ? 0 : wanted[name]) - group.length };
    }
  }
  return split;
}

/** At least one sample for every share that is not 0, if the class has enough. */
function wantedCounts(total: number, shares: { validation: number; test: number }) {
  const count = (share: number) => (share === 0 || total < 3 ? 0 : Math.max(1, Math.round(total * share)));
  return { validation: count(shares.validation), test: count(shares.test) };
}

/** Samples of equal content together, in an order that only the seed and the content decide. */
function groupsByClass<T extends Listed>(
  samples: readonly Sample<T>[],
  seed: number,
): Map<string, Sample<T>[][]> {
  const byDigest = new Map<string, Sample<T>[]>();
  for (const sample of [...samples].sort((a, b) => compare(a.label, b.label) || compare(a.path, b.path)))
    byDigest.set(sample.digest, [...(byDigest.get(sample.digest) ?? []), sample]);
  const order = (digest: string) => createHash('sha256').update(`${seed}/${digest}`).digest('hex');
  const groups = [...byDigest].map(([digest, group]) => ({ key: order(digest), group }));
  groups.sort((a, b) => compare(a.key, b.key));
  const byClass = new Map<string, Sample<T>[][]>();
  for (const { group } of groups) {
    const label = group[0]!.label;
    byClass.set(label, [...(byClass.get(label) ?? []), group]);
  }
  return byClass;
}

/** Number of samples by split and label. */
export function countByLabel(
  split: Split<Listed>,
  labels: readonly string[],
): Record<SplitName, Record<string, number>> {
  const counts = (samples: readonly Sample[]) =>
    Object.fromEntries(
      labels.map((label) => [label, samples.filter((sample) => sample.label === label).length]),
    );
  return { train: counts(split.train), validation: counts(split.validation), test: counts(split.test) };
}

/** A fault for every class that a split lacks, and for every label that is not wanted. */
export function splitFaults(split: Split<Listed>, labels: readonly string[]): string[] {
  const counts = countByLabel(split, labels);
  const missing = splitNames.flatMap((name) =>
    labels
      .filter((label) => counts[name][label] === 0)
      .map((label) => `class "${label}" has no ${name} sample`),
  );
  const found = new Set(splitNames.flatMap((name) => split[name].map((sample) => sample.label)));
  const unknown = [...found].filter((label) => !labels.includes(label)).sort();
  return [
    ...missing,
    ...unknown.map((label) => `class "${label}" is not one of the labels: ${labels.join(', ')}`),
  ];
}

/** By code unit, the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
