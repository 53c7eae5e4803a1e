import { splitNames } from '../data/sample.ts';
import type { DataStatistics, Range } from './data-statistics.ts';
import type { DuplicateGroup } from './duplicates.ts';
import { describeFinding } from './leak-faults.ts';

/** Groups written out of each kind; `--json` has all. */
const shown = 5;

/** The statistics for people. */
export function describeStatistics(statistics: DataStatistics): string[] {
  const { labels, counts, images, features, faults } = statistics;
  const width = Math.max(5, ...labels.map((label) => label.length));
  const row = (name: string, cells: readonly (string | number)[]) =>
    `  ${name.padEnd(width)} ${cells.map((cell) => String(cell).padStart(10)).join(' ')}`;
  const total = (name: (typeof splitNames)[number]) =>
    Object.values(counts[name]).reduce((sum, count) => sum + count, 0);
  return [
    `${statistics.path} (sha256 ${statistics.digest.slice(0, 12)})`,
    row('label', splitNames),
    ...labels.map((label) =>
      row(
        label,
        splitNames.map((name) => counts[name][label] ?? 0),
      ),
    ),
    row('all', splitNames.map(total)),
    ...(images
      ? [
          `  ${Object.entries(images.formats)
            .map(([format, count]) => `${count} ${format}`)
            .join(
              ', ',
            )}; width ${describeRange(images.width)}, height ${describeRange(images.height)} pixels, files ${describeRange(images.bytes)} bytes`,
        ]
      : []),
    ...Object.entries(features ?? {}).map(([name, range]) => `  ${name}: ${describeRange(range)}`),
    ...describeDuplicates('of equal content', statistics.exactDuplicates),
    ...(images ? describeDuplicates('that look the same', images.nearDuplicates) : []),
    ...describeProperties(images?.properties ?? []),
    ...(faults.length > 0 ? [`${faults.length} fault(s):`, ...faults.map((fault) => `  - ${fault}`)] : []),
  ];
}

function describeRange([least, median, most]: Range): string {
  const number = (value: number) => Number(value.toPrecision(6)).toString();
  return least === most ? number(least) : `${number(least)} – ${number(median)} – ${number(most)}`;
}

function describeDuplicates(what: string, groups: readonly DuplicateGroup[]): string[] {
  if (groups.length === 0) return [`No samples ${what}.`];
  const across = groups.filter((group) => group.acrossSplits).length;
  const wrong = groups.filter((group) => group.acrossLabels).length;
  // The worst come first.
  const rank = (group: DuplicateGroup) => (group.acrossLabels ? 2 : 0) + (group.acrossSplits ? 1 : 0);
  const worst = groups.toSorted((a, b) => rank(b) - rank(a)).slice(0, shown);
  return [
    `${groups.length} group(s) of samples ${what}; ${across} across parts, ${wrong} with different labels:`,
    ...worst.map(
      ({ samples }) =>
        `  ${samples.map(({ path, split, label }) => `${path} (${split}, ${label})`).join(' = ')}`,
    ),
    ...(groups.length > shown ? [`  … and ${groups.length - shown} more`] : []),
  ];
}

function describeProperties(properties: NonNullable<DataStatistics['images']>['properties']): string[] {
  const of = (verdict: 'leak' | 'hint') => properties.filter((one) => one.verdict === verdict);
  return [
    ...of('leak').map((leak) => `LEAK: ${describeFinding(leak)}`),
    ...of('hint').map((hint) => `hint: ${describeFinding(hint)}`),
    ...(properties.length > 0 && of('leak').length === 0 ? ['No property of the files is a leak.'] : []),
  ];
}
