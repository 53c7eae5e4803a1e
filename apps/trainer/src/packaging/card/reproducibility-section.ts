import type { CardSection } from './card-section.ts';
import { paragraphs } from './markdown.ts';

/** How to tell that a second run gave the same. */
export const reproducibilitySection: CardSection = ({ modelDigest }) =>
  paragraphs(
    `Digest of the model: \`${modelDigest}\`, over its files, labels, calibration, decisions and figures, not over when and how fast ` +
      'it was made. The same command on the same data gives it again; `assay digest` prints it.',
  );
