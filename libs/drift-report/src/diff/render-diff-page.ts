import type { DriftReportDiff, DriftReportEntry, DriftVerdict } from '@assay/schema';
import { verdictIcon, verdictTag } from '../page/icons.ts';
import { LIMITS } from '../page/limits.ts';
import { isolated, markup, type Markup } from '../page/markup.ts';
import { pageShell } from '../page/page-shell.ts';
import { leftOut, table } from '../page/table.ts';
import { clip, LENGTHS } from '../wording/clean-text.ts';
import { aspectTitle, featureName } from '../wording/feature-name.ts';
import { countWords, numberWords } from '../wording/numbers.ts';
import { windowWords } from '../wording/time-words.ts';
import { verdictWords } from '../wording/verdict-words.ts';

/** Two reports side by side as one HTML page: as self-contained, bounded and inert as a report's own. */
export function renderDiffPage({ before, after, summary, features }: DriftReportDiff): string {
  const shown = features.slice(0, LIMITS.differences);
  const { name } = after.model;
  return pageShell(`${verdictWords[before.verdict]} → ${verdictWords[after.verdict]}: ${name} · Assay`, {
    header: markup`<header>
<p class="product">Assay · two drift reports of <strong>${name}</strong></p>
<div class="banner ${after.verdict}">
<div class="word">${verdictIcon(after.verdict)}<span>${verdictWords[before.verdict]} → ${verdictWords[after.verdict]}</span></div>
<h1>${isolated(clip(summary, LENGTHS.summary))}</h1>
</div></header>
`,
    main: [
      markup`<section><h2>The two reports</h2><ul class="cards">${entryCard('Before', before)}${entryCard('After', after)}</ul></section>
`,
      markup`<section><h2>What differs</h2>
<p>Features whose verdict changed, or whose effect moved by more than its threshold.</p>
${
  shown.length === 0
    ? markup`<p>None.</p>`
    : table('Features that differ', {
        columns: [
          {
            title: 'feature',
            heading: true,
            cell: (row) => [
              isolated(aspectTitle(row)),
              markup`<br><small><code>${isolated(clip(row.feature))}</code></small>`,
            ],
          },
          { title: 'before', cell: (row) => verdictOf(row.before) },
          { title: 'after', cell: (row) => verdictOf(row.after) },
          { title: 'effect before', numeric: true, cell: (row) => effectOf(row.effectBefore) },
          { title: 'effect after', numeric: true, cell: (row) => effectOf(row.effectAfter) },
          {
            title: 'change',
            cell: ({ direction }) =>
              markup`<div class="phrase">${isolated(clip(direction, LENGTHS.phrase))}</div>`,
          },
        ],
        rows: shown,
      })
}
${leftOut(features.length, shown.length)}</section>
`,
    ],
  });
}

function entryCard(title: string, entry: DriftReportEntry): Markup {
  const { model, window, verdict, summary, records, drifted, id } = entry;
  const names = drifted
    .slice(0, LIMITS.notes)
    .map((feature, at) => [at > 0 ? ', ' : '', isolated(featureName(feature).title)]);
  const rest = drifted.length - names.length;
  return markup`<li class="card"><h3>${title}</h3>
<p>${verdictTag(verdict)}</p>
<p>${isolated(clip(summary, LENGTHS.summary))}</p>
<p class="muted"><time datetime="${window.from}">${windowWords(window)}</time></p>
<dl><div><dt>version</dt><dd>${model.version}</dd></div><div><dt>records</dt><dd>${countWords(records)}</dd></div></dl>
<p><small>drifted</small> ${names.length > 0 ? names : 'nothing'}${rest > 0 ? ` and ${rest} more` : undefined}</p>
<p><small><code>${id}</code></small></p></li>
`;
}

function verdictOf(verdict: DriftVerdict | undefined): Markup | string {
  return verdict === undefined ? 'not in it' : verdictTag(verdict);
}

function effectOf(effect: number | null | undefined): string {
  return effect === undefined || effect === null ? '–' : numberWords(effect);
}
