import type { FeatureReport } from '@assay/schema';
import { clip, LENGTHS } from '../../wording/clean-text.ts';
import { aspectTitle, axisTitle, featureName } from '../../wording/feature-name.ts';
import { countWords, effectWords, pValueWords } from '../../wording/numbers.ts';
import { categoryChart } from '../charts/category-chart.ts';
import { displayBins } from '../charts/display-bins.ts';
import { histogramChart } from '../charts/histogram-chart.ts';
import { isolated, markup, type Markup } from '../markup.ts';

/** A feature that drifted: how, by how much, and what both samples look like. */
export function featureCard(report: FeatureReport, id: string): Markup {
  const { feature, verdict, direction, measure, follows } = report;
  return markup`<li class="card">
<h3>${isolated(aspectTitle(report))}</h3>
<p><small><code>${isolated(clip(feature))}</code></small></p>
<p class="direction ${verdict}">${isolated(clip(direction, LENGTHS.phrase))}</p>
${follows === undefined ? undefined : markup`<p class="muted">Follows from ${isolated(featureName(follows).title)}.</p>`}
${pictureOf(report, id)}
<dl><div><dt>effect</dt><dd>${effectWords(report.effect, measure)}</dd></div><div><dt>threshold</dt><dd>${effectWords(report.threshold, measure)}</dd></div><div><dt>adjusted p</dt><dd>${pValueWords(report.adjusted)}</dd></div><div><dt>reference</dt><dd>${countWords(report.reference)}</dd></div><div><dt>window</dt><dd>${countWords(report.current)}</dd></div></dl>
</li>
`;
}

function pictureOf({ feature, histogram }: FeatureReport, id: string): Markup | undefined {
  if (histogram === undefined) return undefined;
  const title = `${featureName(feature).title}: reference and window`;
  const words = { id, title, axis: axisTitle(feature) };
  if (histogram.kind === 'categorical')
    return histogram.names.length > 0 ? categoryChart(histogram, words) : undefined;
  const bins = displayBins(histogram);
  return bins && histogramChart(bins, words);
}
