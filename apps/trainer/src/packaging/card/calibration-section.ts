import type { CardContext, CardSection } from './card-section.ts';
import { fixed, paragraphs, picture, table } from './markdown.ts';

/** Whether the probabilities can be believed. */
export const calibrationSection: CardSection = ({ manifest, assessment, figures }) =>
  paragraphs(
    '## Can the probabilities be believed?',
    `Temperature ${fixed(manifest.calibration.temperature)} and a bias per label were fitted on the validation part. ` +
      'How often answers of a given confidence were right on the test part:',
    picture(figures, 'figures/reliability.svg', 'Reliability diagram: confidence across, share right up'),
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
    verdict(assessment),
  );

function verdict({ test: { metrics, intervals, rows } }: CardContext['assessment']): string {
  const error = metrics.expectedCalibrationError;
  const perfect = metrics.expectedCalibrationErrorIfPerfect;
  const chance = intervals.expectedCalibrationErrorIfPerfect;
  if (error === undefined || perfect === undefined || chance === undefined) return '';
  return (
    `The expected calibration error is ${fixed(error)}. With ${rows} inputs a model that is right exactly as often as it says ` +
    `would print ${fixed(perfect)} on average, and ${fixed(chance[0])} to ${fixed(chance[1])} in 95 of 100 cases: ` +
    (error > chance[1]
      ? 'the confidences are off by more than chance.'
      : 'nothing here speaks against the confidences.') +
    ` With the part that chance makes taken off (Kumar et al. 2019), their root-mean-square error is ${fixed(metrics.debiasedCalibrationError ?? 0)}.`
  );
}
