import { robustnessTable } from '../../robustness/robustness-table.ts';
import type { CardSection } from './card-section.ts';
import { paragraphs, table } from './markdown.ts';

/** What is left when images are compressed, blurred, shrunk, … */
export const robustnessSection: CardSection = ({ manifest: { evaluation } }) => {
  if (!evaluation?.robustness) return '';
  const { head, rows } = robustnessTable(evaluation.robustness);
  return paragraphs(
    '## When images were changed on their way',
    `${evaluation.robustness.images} images of the test part, each changed at its own size before it was prepared. Changes are in points, ` +
      'against the same images as they are.',
    table(head, rows),
  );
};
