import type { ReportHistogram } from '@assay/schema';
import { clip } from '../../wording/clean-text.ts';
import { percentWords } from '../../wording/numbers.ts';
import { LIMITS } from '../limits.ts';
import { markup, type Markup } from '../markup.ts';
import { at } from './axis.ts';
import type { HistogramWords } from './histogram-chart.ts';

const WIDTH = 340;
const ROW = 38;
/** Where the bars begin, and the most they take. */
const BARS = { left: 112, length: 128 };

interface CategoryShare {
  name: string;
  reference: number;
  current: number;
}

/** Shares by name: a bar of the reference above one of the window, and both in numbers. */
export function categoryChart(
  histogram: Extract<ReportHistogram, { kind: 'categorical' }>,
  words: HistogramWords,
): Markup {
  const rows = categoryShares(histogram);
  const longest = Math.max(...rows.flatMap(({ reference, current }) => [reference, current]), 1e-9);
  const bar = (share: number) => at(Math.max(share > 0 ? 1 : 0, (share / longest) * BARS.length));
  const height = ROW * rows.length + 20;
  const said = rows.map(
    ({ name, reference, current }) => `${name} ${percentWords(reference)} → ${percentWords(current)}`,
  );
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="${words.id}-t ${words.id}-d"><title id="${words.id}-t">${words.title}</title><desc id="${words.id}-d">Reference → window: ${said.join('; ')}.</desc>
${rows.map(({ name, reference, current }, row) => {
  const top = row * ROW;
  return markup`<text class="name" x="${BARS.left - 8}" y="${top + 22}" text-anchor="end">${clip(name, 16)}</text><path class="reference-solid" d="M${BARS.left} ${top + 5}h${bar(reference)}v11h-${bar(reference)}Z"/><path class="current-solid" d="M${BARS.left} ${top + 18}h${bar(current)}v11h-${bar(current)}Z"/><text x="${at(BARS.left + bar(reference) + 5)}" y="${top + 14.5}">${percentWords(reference)}</text><text class="strong" x="${at(BARS.left + bar(current) + 5)}" y="${top + 28}">${percentWords(current)}</text>
`;
})}<path class="axis" d="M${BARS.left} 0V${ROW * rows.length}"/><text class="strong" x="${BARS.left}" y="${height - 5}">share of records, by ${clip(words.axis.toLowerCase(), 24)}</text></svg>`;
}

/** The names that matter most, by the greater of their two shares; the others joined. */
export function categoryShares({
  names,
  reference,
  current,
}: Extract<ReportHistogram, { kind: 'categorical' }>): CategoryShare[] {
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) || 1;
  const [m, n] = [total(reference), total(current)];
  const rows = names.map((name, i) => ({
    name: clip(name),
    reference: (reference[i] ?? 0) / m,
    current: (current[i] ?? 0) / n,
  }));
  if (rows.length <= LIMITS.categories) return rows;
  const weight = (row: CategoryShare) => Math.max(row.reference, row.current);
  const ordered = rows.toSorted((a, b) => weight(b) - weight(a));
  const rest = ordered.splice(LIMITS.categories - 1);
  const sum = (side: 'reference' | 'current') => rest.reduce((all, row) => all + row[side], 0);
  return [
    ...ordered,
    { name: `${rest.length} others`, reference: sum('reference'), current: sum('current') },
  ];
}
