import type { CardSection } from './card-section.ts';
import { paragraphs, picture, table } from './markdown.ts';

/** A wider table cannot be read. */
const classesAcross = 12;

/** Pairs of classes shown where the table would be too wide. */
const pairsShown = 10;

/** Which class is taken for which. */
export const confusionSection: CardSection = ({ manifest: { labels }, assessment, figures }) =>
  paragraphs(
    '### Confusion',
    picture(figures, 'figures/confusion.svg', 'Confusion matrix: true labels down, answers across'),
    labels.length <= classesAcross
      ? table(
          ['true \\ answered', ...labels],
          assessment.test.confusion.map((line, index) => [labels[index] ?? '', ...line]),
        )
      : commonMistakes(assessment.test.confusion, labels),
  );

function commonMistakes(confusion: readonly (readonly number[])[], labels: readonly string[]): string {
  const pairs = confusion.flatMap((line, truth) =>
    line.flatMap((count, answer) => (count > 0 && truth !== answer ? [{ truth, answer, count }] : [])),
  );
  pairs.sort((a, b) => b.count - a.count);
  if (pairs.length === 0) return 'No mistakes.';
  return paragraphs(
    'The most common mistakes; the whole matrix is in `manifest.json`.',
    table(
      ['true', 'answered', 'inputs'],
      pairs.slice(0, pairsShown).map(({ truth, answer, count }) => [labels[truth]!, labels[answer]!, count]),
    ),
  );
}
