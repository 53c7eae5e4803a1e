import type { CardSection } from './card-section.ts';
import { classesShown, fixed, paragraphs, table } from './markdown.ts';

/** Precision, recall and F1 of each class. */
export const classesSection: CardSection = ({ manifest: { labels }, assessment }) =>
  labels.length > classesShown
    ? ''
    : paragraphs(
        '### By class',
        table(
          ['class', 'precision', 'recall', 'F1', 'inputs'],
          assessment.test.classes.map((one, index) => [
            labels[index] ?? '',
            fixed(one.precision),
            fixed(one.recall),
            fixed(one.f1),
            one.support,
          ]),
        ),
      );
