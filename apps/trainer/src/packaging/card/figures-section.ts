import type { CardContext, CardSection } from './card-section.ts';
import { fixed, paragraphs, picture, table } from './markdown.ts';

/** Every metric on the test part. */
export const figuresSection: CardSection = ({ manifest: { provenance }, assessment, figures }) =>
  paragraphs(
    '## Figures on the test part',
    provenance.kind !== 'imported' && provenance.refit?.parts.includes('test')
      ? 'Of the weights before they were trained anew: those had seen these inputs neither in training nor in any choice. Intervals: 95 %, bootstrap.'
      : 'These inputs were seen neither in training nor in any choice. Intervals: 95 %, bootstrap.',
    `${assessment.test.rows} inputs.`,
    metricTable(assessment),
    picture(figures, 'figures/learning-curve.svg', 'Loss by epoch, in training and on the validation part'),
  );

function metricTable({ test: { metrics, intervals } }: CardContext['assessment']): string {
  const lines = Object.entries(metrics).map(([name, value]) => {
    const interval = intervals[name];
    return [name, fixed(value), interval ? `${fixed(interval[0])} – ${fixed(interval[1])}` : ''];
  });
  return table(['metric', 'value', 'interval'], lines);
}
