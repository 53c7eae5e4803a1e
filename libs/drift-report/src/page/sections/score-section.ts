import type { DriftReport, FeatureReport } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { aspectTitle, featureName } from '../../wording/feature-name.ts';
import {
  countWords,
  effectWords,
  measureNotes,
  percentWords,
  plural,
  pValueWords,
} from '../../wording/numbers.ts';
import { at } from '../charts/axis.ts';
import { verdictTag } from '../icons.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';
import { leftOut, table, type Column } from '../table.ts';

/** A report of a feature without its histogram. */
export type ScoreRow = Omit<FeatureReport, 'histogram'>;

/** A meter is full at so many times the threshold. */
const FULL = 4;

/** Every feature with what was measured. */
export function scoreSection({ features, alpha }: DriftReport): Markup {
  const rows = features.slice(0, LIMITS.features);
  const measures = [...new Set(features.map(({ measure }) => measure))];
  return markup`<section><h2 id="scores">All features</h2>
<p>A feature has drifted if its adjusted p-value is at most the level of this look, ${percentWords(alpha.level)}, and its effect reaches its threshold; the mark in the bar is the threshold.</p>
${features.length === 0 ? markup`<p>None was compared.</p>` : table('Scores of all features, drifted ones first', { columns: scoreColumns, rows })}
${leftOut(features.length, rows.length)}
<p class="muted">${measures.map((measure) => measureNotes[measure]).join('. ')}${measures.length > 0 ? '. ' : ''}p is adjusted by Holm’s correction over all features. Visible from: the least effect that this many records would show.</p></section>
`;
}

/** Columns of a table of features. */
export const scoreColumns: readonly Column<ScoreRow>[] = [
  {
    title: 'feature',
    heading: true,
    cell: (row) => [
      isolated(aspectTitle(row)),
      markup`<br><small><code>${isolated(clip(row.feature))}</code></small>`,
    ],
  },
  {
    title: 'verdict',
    cell: ({ verdict, moreNeeded }) => [
      verdictTag(verdict),
      moreNeeded === undefined ? undefined : markup`<br><small>${plural(moreNeeded, 'more record')}</small>`,
    ],
  },
  {
    title: 'change',
    cell: ({ direction, follows }) =>
      markup`<div class="phrase">${isolated(clip(direction, LENGTHS.phrase))}${follows === undefined ? undefined : markup`<br><small>follows from ${isolated(featureName(follows).title)}</small>`}</div>`,
  },
  {
    title: twoLines('effect', 'threshold'),
    numeric: true,
    cell: ({ effect, threshold, measure, verdict }) =>
      markup`<div class="apart">${meter(effect ?? 0, { threshold, verdict })}<span>${twoLines(effectWords(effect, measure), effectWords(threshold, measure))}</span></div>`,
  },
  {
    title: twoLines('adjusted p', 'uncorrected'),
    numeric: true,
    cell: ({ adjusted, pValue }) => twoLines(pValueWords(adjusted), pValueWords(pValue)),
  },
  {
    title: twoLines('records', 'reference'),
    numeric: true,
    cell: ({ current, reference }) => twoLines(countWords(current), countWords(reference)),
  },
  {
    title: 'visible from',
    numeric: true,
    cell: ({ detectable, measure }) => effectWords(detectable, measure),
  },
];

/** What matters above what it is held against. */
function twoLines(above: string, below: string): Markup {
  return markup`${above}<br><small>${below}</small>`;
}

/** An effect in units of its threshold; what is beyond the end is full. */
function meter(effect: number, { threshold, verdict }: Pick<ScoreRow, 'threshold' | 'verdict'>): Markup {
  const times = threshold > 0 ? effect / threshold : effect > 0 ? FULL : 0;
  const width = at(Math.max(0, Math.min(1, times / FULL)) * 72);
  return markup`<svg class="meter" viewBox="0 0 72 10" aria-hidden="true"><path class="track" d="M0 1H72V9H0Z"/><path class="${verdict === 'drifted' ? 'current' : 'reference'}-solid" d="M0 1H${width}V9H0Z"/><path class="mark" d="M18 0V10"/></svg>`;
}
