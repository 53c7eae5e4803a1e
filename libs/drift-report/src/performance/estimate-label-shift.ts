import { labelShift } from '@assay/drift-statistics';
import {
  AssayError,
  type CategoricalCounts,
  type ModelManifest,
  type PerformanceReport,
} from '@assay/schema';
import { clip } from '../wording/clean-text.ts';

/** More labels would need more labelled inputs than any package has, and minutes. */
const MOST_LABELS = 100;
/** Labels that a report shows: those whose share changed most. */
const MOST_SHOWN = 30;
/** Predictions that the bootstrap draws; intervals of more are those of the labelled inputs anyway. */
const MOST_DRAWN = 2000;

/** Shares of labels among the truths, or why they cannot be told. */
export type EstimatedLabelShift = { shares: NonNullable<PerformanceReport['labelShift']> } | { why: string };

/**
 * Label shift from the confusion of the package's test part and the window's predictions: see `labelShift` of
 * `@assay/drift-statistics`.
 *
 * @param predictions Counts of the window by predicted label.
 */
export function estimateLabelShift(
  { labels, evaluation }: Pick<ModelManifest, 'labels' | 'evaluation'>,
  predictions: CategoricalCounts | undefined,
): EstimatedLabelShift {
  const why = (reason: string) => ({ why: `Shares of the labels cannot be told: ${reason}` });
  if (evaluation === undefined)
    return why('the package does not say how often its model confuses which labels.');
  if (labels.length > MOST_LABELS)
    return why(`${labels.length} labels need more labelled inputs than the package's ${evaluation.rows}.`);
  if (evaluation.confusion.length !== labels.length)
    return why('its confusion matrix is not one of its labels.');
  const counts = new Map(Object.entries(predictions?.counts ?? {}));
  const predicted = labels.map((label) => counts.get(label) ?? 0);
  const total = predicted.reduce((sum, count) => sum + count, 0);
  if (total === 0) return why('the window has no predictions.');
  const factor = Math.min(1, MOST_DRAWN / total);
  try {
    const shares = labelShift({
      confusion: evaluation.confusion,
      predicted: predicted.map((count) => (factor < 1 ? Math.round(count * factor) : count)),
    }).map(({ before, now, interval }, i) => ({ label: clip(labels[i]!), before, now, interval }));
    if (shares.some(({ interval }) => interval.some((bound) => !Number.isFinite(bound))))
      return why('too few labelled inputs of some labels.');
    return {
      shares: shares
        .toSorted((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
        .slice(0, MOST_SHOWN)
        .map(({ label, before, now, interval }) => ({
          ...{ label, before, now: bounded(now) },
          interval: [bounded(interval[0]), bounded(interval[1])],
        })),
    };
  } catch (error) {
    if (error instanceof AssayError && error.code === 'invalid-sample') return why(error.message);
    throw error;
  }
}

/** Rounding may leave a share a little outside. */
const bounded = (share: number) => Math.min(1, Math.max(0, share));
