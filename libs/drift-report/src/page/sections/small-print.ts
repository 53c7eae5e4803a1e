import type { DriftReport } from '@assay/schema';
import { countWords, numberWords, percentWords, plural } from '../../wording/numbers.ts';
import { timeWords } from '../../wording/time-words.ts';
import { markup, type Markup, type Part } from '../markup.ts';

/** What a reader needs to check or to repeat the report. */
export function smallPrint({ id, time, alpha, reference, records, cost }: DriftReport): Markup {
  const lines: [name: string, value: Part][] = [
    ['report', markup`<code>${id}</code>`],
    ['made', markup`<time datetime="${time}">${timeWords(time)} UTC</time>`],
    [
      'level of this look',
      `${percentWords(alpha.level)}, of ${percentWords(alpha.budget)} that all looks of a week share`,
    ],
    ['reference', markup`${plural(reference.inputs, 'input')}, digest <code>${reference.digest}</code>`],
    ['lines passed over', countWords(records.passedOver)],
    [
      'cost',
      `${numberWords(cost.milliseconds)} ms: ${plural(cost.recordsRead, 'record')} read, ${plural(cost.hoursFromProfiles, 'hour')} from profiles, ${plural(cost.hoursCounted, 'hour')} counted`,
    ],
  ];
  return markup`<footer><h2 id="small-print">Small print</h2>
<dl class="small">${lines.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl></footer>
`;
}
