import { describeCorruption } from '../../robustness/corruptions.ts';
import type { CardSection } from './card-section.ts';
import { paragraphs, points, table, withInterval } from './markdown.ts';

/** What is left when images are compressed, blurred, shrunk, … */
export const robustnessSection: CardSection = ({ manifest: { evaluation } }) => {
  if (!evaluation?.robustness) return '';
  const { images, clean, rows } = evaluation.robustness;
  const hasAuroc = clean.auroc !== undefined;
  const auroc = (...cells: string[]) => (hasAuroc ? cells : []);
  return paragraphs(
    '## When images were changed on their way',
    `${images} images of the test part, each changed at its own size before it was prepared. Changes are in points, ` +
      'against the same images as they are.',
    table(
      ['image', 'accuracy', 'change', ...auroc('AUROC', 'change')],
      [
        [
          'as it is',
          withInterval(clean.accuracy),
          '',
          ...auroc(clean.auroc ? withInterval(clean.auroc) : '', ''),
        ],
        ...rows.map((row) => [
          describeCorruption(row.corruption),
          withInterval(row.accuracy),
          points(row.accuracyChange),
          ...auroc(row.auroc ? withInterval(row.auroc) : '', row.aurocChange ? points(row.aurocChange) : ''),
        ]),
      ],
    ),
  );
};
