import type { DriftReport, PerformanceReport } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { impactOf } from '../../wording/impact.ts';
import { countWords, intervalWords, percentWords, pointWords } from '../../wording/numbers.ts';
import { intervalChart, type IntervalRow } from '../charts/interval-chart.ts';
import { LIMITS } from '../limits.ts';
import { isolated, markup, type Markup } from '../markup.ts';
import { leftOut, table } from '../table.ts';

/** Accuracy as it was, as it is expected, as feedback shows it. */
export function performanceSection({ performance }: DriftReport): Markup {
  const rows = accuracyRows(performance);
  const axis = 'accuracy, share of right answers';
  return markup`<section><h2 id="performance">Does it hurt?</h2>
<p>${impactOf(performance).sentence}</p>
${
  rows.length === 0
    ? undefined
    : markup`<div class="beside"><div class="panel">${intervalChart(rows, { id: 'accuracy', title: 'Accuracy with 95 % intervals', axis })}</div>
${table('Accuracy with 95 % intervals', {
  columns: [
    { title: 'accuracy', heading: true, cell: ({ name }) => name },
    { title: 'share', numeric: true, cell: ({ share }) => percentWords(share) },
    { title: '95 % interval', numeric: true, cell: ({ interval }) => intervalWords(interval) },
    { title: 'records', numeric: true, cell: ({ records }) => countWords(records) },
    { title: 'from', cell: ({ source }) => source },
  ],
  rows,
})}</div>`
}
${calibrationLine(performance)}${labelShift(performance)}
${performance.notes.slice(0, LIMITS.notes).map((note) => markup`<p class="muted">${isolated(clip(note, LENGTHS.sentence))}</p>`)}</section>
`;
}

function accuracyRows({ before, expected, realised }: PerformanceReport) {
  const rows: (IntervalRow & { records: number; source: string })[] = [];
  if (before)
    rows.push({
      ...before,
      name: 'Before',
      side: 'reference',
      source: 'the test part that the model was packed with',
    });
  if (expected)
    rows.push({
      ...expected,
      name: 'Expected in the window',
      side: 'current',
      source: 'calibrated confidences, without labels',
    });
  if (realised)
    rows.push({ ...realised, name: 'Realised in the window', side: 'current', source: 'feedback' });
  return rows;
}

function calibrationLine({ calibrationError }: PerformanceReport): Markup | undefined {
  if (calibrationError === undefined) return undefined;
  const { before, now, interval } = calibrationError;
  const was = before === undefined ? '' : `; it was ${percentWords(before)} when the model was packed`;
  return markup`<p>Confidence and accuracy lie <strong>${percentWords(now)}</strong> apart on records with feedback (expected calibration error, 95&nbsp;% interval ${intervalWords(interval)})${was}.</p>`;
}

function labelShift({ labelShift: labels = [] }: PerformanceReport): Markup | undefined {
  if (labels.length === 0) return undefined;
  const shown = labels.slice(0, LIMITS.labels);
  return markup`<h3>How often each label is true</h3>
<p class="muted">Estimated from the predictions and the model’s known confusions; holds if inputs of one label look as they did.</p>
${table('Shares of the labels, before and in the window', {
  columns: [
    { title: 'label', heading: true, cell: ({ label }) => isolated(clip(label)) },
    { title: 'before', numeric: true, cell: ({ before }) => percentWords(before) },
    { title: 'in the window', numeric: true, cell: ({ now }) => percentWords(now) },
    { title: '95 % interval', numeric: true, cell: ({ interval }) => intervalWords(interval) },
    { title: 'change in points', numeric: true, cell: ({ before, now }) => pointWords(now - before) },
  ],
  rows: shown,
})}${leftOut(labels.length, shown.length)}`;
}
