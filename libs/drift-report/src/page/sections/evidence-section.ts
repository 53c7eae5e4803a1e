import type { DriftReport, EvidenceRecord } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { featureName } from '../../wording/feature-name.ts';
import { numberWords, percentWords } from '../../wording/numbers.ts';
import { timeWords } from '../../wording/time-words.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';
import { table, type Column } from '../table.ts';

/** Records to look at: those that most belong to the window and not to the reference. */
export function evidenceSection({ evidence }: DriftReport): Markup | undefined {
  if (evidence.length === 0) return undefined;
  return markup`<section><h2 id="evidence">Evidence</h2>
<p>The records most typical of the shift. An image is named by its key in the bucket.</p>
${table('Records most typical of the shift', { columns, rows: evidence })}</section>
`;
}

const columns: readonly Column<EvidenceRecord>[] = [
  {
    title: 'record',
    heading: true,
    cell: ({ id, time, image }) => [
      markup`<code>${isolated(clip(id))}</code><br><small><time datetime="${time}">${timeWords(time)} UTC</time></small>`,
      image === undefined
        ? undefined
        : markup`<br><small>image <code>${isolated(clip(image, LENGTHS.phrase))}</code></small>`,
    ],
  },
  { title: 'typical', numeric: true, cell: ({ typicality }) => percentWords(typicality) },
  {
    title: 'why',
    cell: ({ reasons }) =>
      reasons.length === 0
        ? '–'
        : markup`<ul class="plain phrase">${reasons.slice(0, LIMITS.reasons).map((reason) => markup`<li>${isolated(clip(reason, LENGTHS.phrase))}</li>`)}</ul>`,
  },
  {
    title: 'answer',
    cell: ({ prediction, confidence }) => [
      prediction === undefined ? '–' : isolated(clip(prediction)),
      confidence === undefined ? undefined : markup`<br><small>${percentWords(confidence)}</small>`,
    ],
  },
  {
    title: 'values',
    cell: ({ values }) => {
      const shown = Object.entries(values).slice(0, LIMITS.values);
      return shown.length === 0
        ? '–'
        : markup`<ul class="plain phrase">${shown.map(([name, value]) => markup`<li><small>${isolated(featureName(name).title)}</small> ${isolated(valueWords(value))}</li>`)}</ul>`;
    },
  },
];

function valueWords(value: number | string | null): string {
  if (value === null) return 'missing';
  return typeof value === 'number' ? numberWords(value) : clip(value);
}
