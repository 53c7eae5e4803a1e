import type { CardSection } from './card-section.ts';
import { fixed, paragraphs, table, withInterval } from './markdown.ts';

/** A slice of fewer rows says little. */
const few = 30;
/** Slices below this false discovery rate are said to differ. */
const level = 0.05;

/** Whether the model is weaker on some kind of input. */
export const slicesSection: CardSection = ({ manifest: { evaluation } }) => {
  const slices = evaluation?.slices ?? [];
  if (slices.length === 0) return '';
  const differing = slices.filter(({ q }) => q < level);
  return paragraphs(
    '## Where it is weaker',
    `Accuracy by slice, with Wilson's interval; q is the false discovery rate over all ${slices.length} slices (Fisher's exact ` +
      'test against the rest, Benjamini–Hochberg).',
    differing.length === 0
      ? 'No slice differs from the rest by more than chance would have it among so many.'
      : `Slices that differ from the rest: ${differing.map(({ property, bucket }) => `${property} ${bucket}`).join('; ')}.`,
    table(
      ['slice', 'inputs', 'accuracy', 'elsewhere', 'q'],
      slices.map(({ property, bucket, rows, accuracy, elsewhere, q }) => [
        `${property === 'size' ? 'pixels' : property} ${bucket}`,
        rows < few ? `${rows} (few)` : rows,
        withInterval(accuracy),
        fixed(elsewhere),
        q < level ? `**${fixed(q)}**` : fixed(q),
      ]),
    ),
  );
};
