import type { CardSection } from './card-section.ts';
import { fixed, paragraphs, table } from './markdown.ts';

/** Whether the probabilities can be believed. */
export const calibrationSection: CardSection = ({ manifest, assessment }) =>
  paragraphs(
    '## Can the probabilities be believed?',
    `Temperature ${fixed(manifest.calibration.temperature)} and a bias per label were fitted on the validation part. ` +
      'How often answers of a given confidence were right on the test part:',
    table(
      ['confidence', 'inputs', 'mean confidence', 'right'],
      assessment.test.reliability
        .filter((bin) => bin.count > 0)
        .map((bin) => [
          `${fixed(bin.from, 2)} – ${fixed(bin.to, 2)}`,
          bin.count,
          fixed(bin.confidence),
          fixed(bin.accuracy),
        ]),
    ),
  );
