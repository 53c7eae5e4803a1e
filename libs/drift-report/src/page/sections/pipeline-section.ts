import type { DriftReport } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { countWords } from '../../wording/numbers.ts';
import { timeWords } from '../../wording/time-words.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';
import { leftOut, table } from '../table.ts';

/** What made the numbers: a change of it explains a drift by itself. */
export function pipelineSection({ pipeline: { fingerprints, changes } }: DriftReport): Markup {
  const shown = fingerprints.slice(0, LIMITS.fingerprints);
  const said = changes.slice(0, LIMITS.notes);
  return markup`<section><h2 id="pipeline">The pipeline</h2>
${
  said.length > 0
    ? markup`<p>The pipeline changed within the window, which explains a drift by itself:</p><ul>${said.map((change) => markup`<li>${isolated(clip(change, LENGTHS.sentence))}</li>`)}</ul>`
    : markup`<p>Nothing changed in what made the numbers: a drift is one of the world.</p>`
}
${
  shown.length > 0
    ? table('What answered, and when', {
        columns: [
          { title: 'part', heading: true, cell: ({ part }) => isolated(clip(part)) },
          { title: 'value', cell: ({ value }) => markup`<code>${isolated(clip(value))}</code>` },
          { title: 'records', numeric: true, cell: ({ records }) => countWords(records) },
          { title: 'first (UTC)', cell: ({ from }) => timeWords(from) },
          { title: 'last (UTC)', cell: ({ to }) => timeWords(to) },
        ],
        rows: shown,
      })
    : undefined
}
${leftOut(fingerprints.length, shown.length)}${leftOut(changes.length, said.length)}</section>
`;
}
