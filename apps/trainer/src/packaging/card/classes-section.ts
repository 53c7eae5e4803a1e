import type { CardSection } from './card-section.ts';
import { classesShown, paragraphs, table, withInterval } from './markdown.ts';

/** So many classes of the hardest are shown where there are too many for all. */
const hardest = 10;

/** Precision, recall and F1 of each class; of the hardest where there are many. */
export const classesSection: CardSection = ({ manifest: { evaluation } }) => {
  if (!evaluation) return '';
  const isLong = evaluation.classes.length > classesShown;
  const shown = isLong
    ? [...evaluation.classes].sort((a, b) => a.f1.value - b.f1.value).slice(0, hardest)
    : evaluation.classes;
  return paragraphs(
    '### By class',
    isLong
      ? `The ${hardest} with the lowest F1 of ${evaluation.classes.length}; all are in \`manifest.json\`.`
      : '',
    table(
      ['class', 'precision', 'recall', 'F1', 'inputs'],
      shown.map(({ label, precision, recall, f1, support }) => [
        label,
        withInterval(precision),
        withInterval(recall),
        withInterval(f1),
        support,
      ]),
    ),
  );
};
