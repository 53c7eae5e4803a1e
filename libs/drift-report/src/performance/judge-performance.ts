import {
  calibrationOfBins,
  changeOfShare,
  expectedAccuracyOfSums,
  realisedAccuracy,
  type ShareEstimate,
} from '@assay/drift-statistics';
import type { FeatureReport, ModelManifest, PerformanceReport, ShareWithInterval } from '@assay/schema';
import { nameInSentence } from '../judge/name-in-sentence.ts';
import type { DriftWindow } from '../window/drift-window.ts';
import { countWords, percentWords, plural } from '../wording/numbers.ts';
import { estimateLabelShift } from './estimate-label-shift.ts';

/** Confidence and accuracy of the test part that differ by more are worth a note. */
const OFF = 0.02;

/** Accuracy on the package's test part with Wilson's interval; `undefined` where it was not measured. */
function accuracyBefore({ evaluation }: ModelManifest): ShareEstimate | undefined {
  if (evaluation === undefined) return undefined;
  const right = evaluation.confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0);
  const rows = evaluation.confusion.flat().reduce((sum, count) => sum + count, 0);
  return rows > 0 ? realisedAccuracy(right, rows) : undefined;
}

const rounded = ({ share, interval, records }: ShareEstimate): ShareWithInterval => ({
  share,
  interval,
  records,
});

/**
 * Whether it hurts: accuracy expected from the calibrated confidences, label shift apart from it, and with feedback what accuracy and
 * calibration became. Notes say what cannot be said, and why.
 *
 * @param features Judged, for what the estimates rest on.
 */
export function judgePerformance(window: DriftWindow, features: readonly FeatureReport[]): PerformanceReport {
  const { manifest } = window;
  const notes: string[] = [];
  const before = accuracyBefore(manifest);
  if (before === undefined)
    notes.push('The package does not say how accurate its model is: a change of accuracy cannot be told.');

  const expected = expectedOf(window, before, notes);
  const shift = estimateLabelShift(manifest, predictionsOf(window));
  if ('why' in shift) notes.push(shift.why);
  else {
    const cause = features.find(
      ({ verdict, group }) => verdict === 'drifted' && (group === 'image' || group === 'feature'),
    );
    if (cause)
      notes.push(
        `Shares of the labels are estimated as if inputs of a label looked as before; ${nameInSentence(cause.feature)} drifted, so they may be off.`,
      );
  }

  const right = window.feedback.reduce((sum, bin) => sum + bin.right, 0);
  const known = window.feedback.reduce((sum, bin) => sum + bin.records, 0);
  const realised = known > 0 ? realisedAccuracy(right, known) : undefined;
  const calibration = calibrationOfBins(window.feedback);
  const answered = window.profile.records;
  if (realised === undefined)
    notes.push(
      'No feedback came on these predictions: how accurate they were is not known, only what their confidences lead to expect.',
    );
  else if (known < answered / 2)
    notes.push(
      `Feedback came on ${plural(known, 'prediction')} of ${countWords(answered)}: realised accuracy speaks of those alone.`,
    );
  const errorBefore = manifest.metrics.expectedCalibrationError;
  return {
    ...(before ? { before: rounded(before) } : {}),
    ...(expected ? { expected: rounded(expected) } : {}),
    ...(realised ? { realised: rounded(realised) } : {}),
    ...(realised && before ? { change: changeOfShare(before, realised) } : {}),
    ...(calibration
      ? {
          calibrationError: {
            ...(errorBefore !== undefined && errorBefore >= 0 && errorBefore <= 1
              ? { before: errorBefore }
              : {}),
            ...{ now: calibration.error, interval: calibration.interval },
          },
        }
      : {}),
    ...('shares' in shift ? { labelShift: shift.shares } : {}),
    notes,
  };
}

function predictionsOf({ profile }: DriftWindow) {
  const counts = profile.features.prediction;
  return counts?.kind === 'categorical' ? counts : undefined;
}

function expectedOf(
  window: DriftWindow,
  before: ShareEstimate | undefined,
  notes: string[],
): ShareEstimate | undefined {
  const sums = { records: 0, sum: 0, variance: 0 };
  for (const { records, sum, variance } of window.confidence) {
    sums.records += records;
    sums.sum += sum;
    sums.variance += variance;
  }
  if (sums.records === 0) {
    notes.push('No answers: no accuracy can be expected.');
    return undefined;
  }
  const tested = window.reference.features.confidence;
  const mean = tested?.kind === 'numeric' ? tested.profile.mean : undefined;
  if (before && mean !== undefined && Math.abs(mean - before.share) > OFF)
    notes.push(
      `On the package's test part the mean confidence was ${percentWords(mean)} and the accuracy ${percentWords(before.share)}: expected accuracy is off by about as much.`,
    );
  return expectedAccuracyOfSums(sums);
}
