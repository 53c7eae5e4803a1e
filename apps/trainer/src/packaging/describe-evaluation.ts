import type { Measured, ModelEvaluation } from '@assay/schema';
import type { Interval } from '../metrics/bootstrap.ts';
import type { Evaluation } from '../metrics/evaluate-scores.ts';

/** What was measured, in the words of the manifest. */
export function describeEvaluation(
  evaluation: Evaluation,
  parts: Pick<ModelEvaluation, 'decisions' | 'slices'> & {
    labels: readonly string[];
    robustness?: ModelEvaluation['robustness'];
  },
): ModelEvaluation {
  const { rows, metrics, intervals, classes, confusion, reliability, riskCoverage } = evaluation;
  const { labels, decisions, slices, robustness } = parts;
  return {
    rows,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, value]) => [name, measured(value, intervals[name])]),
    ),
    classes: classes.map(({ support, precision, recall, f1, intervals: own }, index) => ({
      label: labels[index]!,
      support,
      precision: measured(precision, own?.precision),
      recall: measured(recall, own?.recall),
      f1: measured(f1, own?.f1),
    })),
    confusion,
    reliability: reliability.map((bin) => ({
      from: rounded(bin.from),
      to: rounded(bin.to),
      count: bin.count,
      confidence: rounded(bin.confidence),
      accuracy: rounded(bin.accuracy),
    })),
    riskCoverage: riskCoverage.map(({ threshold, coverage, answered, right }) => ({
      threshold: rounded(threshold),
      coverage: rounded(coverage),
      risk: rounded(1 - right / answered),
    })),
    decisions,
    ...(robustness === undefined ? {} : { robustness }),
    slices,
  };
}

function measured(value: number, interval: Interval | undefined): Measured {
  return { value, ...(interval?.every(Number.isFinite) ? { interval: [...interval] } : {}) };
}

/** Points of a curve need no more. */
function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
