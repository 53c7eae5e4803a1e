import type { DriftReport } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { plural } from '../../wording/numbers.ts';
import { windowWords } from '../../wording/time-words.ts';
import { verdictTag } from '../icons.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';
import { leftOut, table } from '../table.ts';
import { scoreColumns } from './score-section.ts';

/** The same hours of earlier weeks: tells a rhythm from news. */
export function seasonalSection({ seasonal }: DriftReport): Markup | undefined {
  if (seasonal === undefined) return undefined;
  const { verdict, summary, windows, records, features } = seasonal;
  const shown = features.slice(0, LIMITS.seasonal);
  return markup`<section><h2 id="season">Against the same hours of earlier weeks</h2>
<p>${verdictTag(verdict)} ${isolated(clip(summary, LENGTHS.summary))}</p>
<p class="muted">${plural(records, 'record')} of ${plural(windows.length, 'earlier window')}:</p>
<ul class="plain muted">${windows.slice(0, LIMITS.notes).map((window) => markup`<li><time datetime="${window.from}">${windowWords(window)}</time></li>`)}</ul>
${shown.length > 0 ? table('What stands out against earlier weeks', { columns: scoreColumns, rows: shown }) : undefined}
${leftOut(features.length, shown.length)}</section>
`;
}
