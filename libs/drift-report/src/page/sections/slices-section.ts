import type { DriftReport, SliceReport } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { featureName } from '../../wording/feature-name.ts';
import { countWords, numberWords, plural, pValueWords } from '../../wording/numbers.ts';
import { verdictOrder } from '../../wording/verdict-words.ts';
import { verdictTag } from '../icons.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';
import { leftOut, table, type Column } from '../table.ts';

/** Parts of the window, each judged by itself: those that drifted open, the others folded. */
export function slicesSection({ slices }: DriftReport): Markup | undefined {
  if (slices.length === 0) return undefined;
  const ordered = slices.toSorted((a, b) => verdictOrder[a.verdict] - verdictOrder[b.verdict]);
  const shown = ordered.slice(0, LIMITS.slices);
  const drifted = shown.filter(({ verdict }) => verdict === 'drifted');
  const others = shown.filter(({ verdict }) => verdict !== 'drifted');
  const all = slices.filter(({ verdict }) => verdict === 'drifted').length;
  return markup`<section><h2 id="slices">Where</h2>
<p>${all === 0 ? 'No part of the window drifted by itself.' : `${plural(all, 'part')} of ${slices.length} drifted.`} p-values are corrected over all parts (Benjamini–Hochberg).</p>
${drifted.length > 0 ? table('Parts of the window that drifted', { columns, rows: drifted }) : undefined}
${others.length > 0 ? markup`<details><summary>${plural(others.length, 'part')} that did not drift, or hold too little</summary>${table('Parts of the window without drift', { columns, rows: others })}</details>` : undefined}
${leftOut(slices.length, shown.length)}</section>
`;
}

const columns: readonly Column<SliceReport>[] = [
  {
    title: 'part',
    heading: true,
    cell: ({ dimension, value }) =>
      markup`<small>${isolated(clip(dimension))}</small> ${isolated(clip(value))}`,
  },
  { title: 'verdict', cell: ({ verdict }) => verdictTag(verdict) },
  { title: 'records', numeric: true, cell: ({ records }) => countWords(records) },
  {
    title: 'stands out most',
    cell: ({ feature, direction }) => (feature === undefined ? '–' : phrase(feature, direction ?? '')),
  },
  {
    title: 'effect',
    numeric: true,
    cell: ({ effect }) => (effect === undefined || effect === null ? '–' : numberWords(effect)),
  },
  { title: 'adjusted p', numeric: true, cell: ({ adjusted }) => pValueWords(adjusted) },
  {
    title: 'against the rest of the window',
    cell: ({ apart }) => (apart === undefined ? '–' : phrase(apart.feature, apart.direction)),
  },
];

function phrase(feature: string, direction: string): Markup {
  return markup`<div class="phrase">${isolated(featureName(feature).title)}<br><small>${isolated(clip(direction, LENGTHS.phrase))}</small></div>`;
}
