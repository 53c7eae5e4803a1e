import type { CardSection } from './card-section.ts';
import { paragraphs, table } from './markdown.ts';

/** A wider table cannot be read. */
const classesAcross = 12;

/** Which class is taken for which. */
export const confusionSection: CardSection = ({ manifest: { labels }, assessment }) =>
  labels.length > classesAcross
    ? ''
    : paragraphs(
        '### Confusion',
        table(
          ['true \\ answered', ...labels],
          assessment.test.confusion.map((line, index) => [labels[index] ?? '', ...line]),
        ),
      );
