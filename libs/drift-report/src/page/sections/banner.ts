import type { DriftReport } from '@assay/schema';
import { LENGTHS, clip } from '../../wording/clean-text.ts';
import { countWords, percentWords } from '../../wording/numbers.ts';
import { windowWords } from '../../wording/time-words.ts';
import { verdictWords, withoutVerdict } from '../../wording/verdict-words.ts';
import { verdictIcon } from '../icons.ts';
import { isolated, markup, type Markup } from '../markup.ts';

/** The verdict in a word and in a sentence, and what it is of. */
export function banner(report: DriftReport): Markup {
  const { verdict, summary, model, window, records, performance } = report;
  const facts: [name: string, value: string][] = [
    ['requests', countWords(records.total)],
    ['answered', countWords(records.answered)],
    ['refused', countWords(records.refused)],
    ['failed', countWords(records.failed)],
    ['cancelled', countWords(records.cancelled)],
  ];
  const { before, expected, realised } = performance;
  if (before) facts.push(['accuracy before', percentWords(before.share)]);
  if (expected) facts.push(['accuracy expected', percentWords(expected.share)]);
  if (realised) facts.push(['accuracy realised', percentWords(realised.share)]);
  return markup`<header>
<p class="product">Assay · drift report of <strong>${model.name}@${model.version}</strong></p>
<div class="banner ${verdict}">
<div class="word">${verdictIcon(verdict)}<span>${verdictWords[verdict]}</span></div>
<h1>${isolated(clip(withoutVerdict(summary), LENGTHS.summary))}</h1>
<p><time datetime="${window.from}">${windowWords(window)}</time></p>
</div>
<dl class="facts">${facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
`;
}
