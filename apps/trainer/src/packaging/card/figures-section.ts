import type { CardContext, CardSection } from './card-section.ts';
import { fixed, paragraphs, picture, table } from './markdown.ts';

/** Every metric on the test part, and each variant's. */
export const figuresSection: CardSection = ({ manifest, assessment, figures }) =>
  paragraphs(
    '## Figures on the test part',
    'These inputs were seen neither in training nor in any choice. Intervals: 95 %, bootstrap.',
    `${assessment.test.rows} inputs.`,
    metricTable(assessment),
    variantTable(assessment, manifest),
    picture(figures, 'figures/learning-curve.svg', 'Loss by epoch, in training and on the validation part'),
  );

function metricTable({ test: { metrics, intervals } }: CardContext['assessment']): string {
  const lines = Object.entries(metrics).map(([name, value]) => {
    const interval = intervals[name];
    return [name, fixed(value), interval ? `${fixed(interval[0])} – ${fixed(interval[1])}` : ''];
  });
  return table(['metric', 'value', 'interval'], lines);
}

function variantTable(
  { variants, served }: CardContext['assessment'],
  { accuracyBudget }: CardContext['manifest'],
): string {
  const lines = Object.entries(variants).map(([name, { accuracy, auroc }]) => [
    name === served ? `**${name}** (answers requests)` : name,
    fixed(accuracy),
    auroc === undefined ? '' : fixed(auroc),
  ]);
  return paragraphs(
    table(['variant', 'accuracy', 'AUROC'], lines),
    lines.length > 1
      ? `INT8 is served if it loses at most ${fixed(100 * accuracyBudget, 1)} points of accuracy on the validation part.`
      : '',
  );
}
