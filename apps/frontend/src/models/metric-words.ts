/** A figure in words. */
export interface MetricWords {
  readonly name: string;
  /** What it says, in half a sentence. */
  readonly means: string;
  /** Which end is the good one. */
  readonly better: 'higher' | 'lower';
  /** Whether it is a share, told in percent. */
  readonly isShare: boolean;
}

const share = (name: string, better: MetricWords['better'], means: string): MetricWords => ({
  name,
  means,
  better,
  isShare: true,
});

const score = (name: string, better: MetricWords['better'], means: string): MetricWords => ({
  name,
  means,
  better,
  isShare: false,
});

/** Figures by the names that packages give them, in the order in which they are shown. */
export const METRIC_WORDS: Readonly<Record<string, MetricWords>> = {
  accuracy: share('Accuracy', 'higher', 'answers that were right'),
  top5: share('Top 5', 'higher', 'the truth is among the five most probable'),
  auroc: score('AUROC', 'higher', 'how well scores part the labels; 0.5 is chance'),
  macroAuroc: score('AUROC, mean over classes', 'higher', 'how well scores part each class from the rest'),
  averagePrecision: score('Average precision', 'higher', 'precision over all thresholds'),
  macroAveragePrecision: score('Average precision, mean', 'higher', 'the same, mean over classes'),
  macroF1: score('F1, mean over classes', 'higher', 'precision and recall in one'),
  macroPrecision: share('Precision, mean over classes', 'higher', 'answers of a label that were right'),
  macroRecall: share('Recall, mean over classes', 'higher', 'inputs of a label that were found'),
  quadraticWeightedKappa: score('Quadratic kappa', 'higher', 'agreement on a scale; far misses count more'),
  logLoss: score('Log loss', 'lower', 'how surprising the truth was, on average'),
  brierScore: score('Brier score', 'lower', 'squared error of the probabilities'),
  expectedCalibrationError: share('Calibration error', 'lower', 'how far confidence and truth lie apart'),
  expectedCalibrationErrorIfPerfect: share(
    'Calibration error of a perfect model',
    'lower',
    'what chance alone would show on so few inputs',
  ),
  debiasedCalibrationError: share('Calibration error, debiased', 'lower', 'with the part of chance taken off'),
  areaUnderRiskCoverage: score('Area under risk–coverage', 'lower', 'error over all shares of answers'),
  certainCoverage: share('Answered', 'higher', 'inputs that are not “uncertain”'),
  certainAccuracy: share('Accuracy of what is answered', 'higher', 'right among those'),
};

/** Words for a figure; one that is not known is called as the package calls it. */
export function wordsForMetric(name: string): MetricWords {
  return Object.hasOwn(METRIC_WORDS, name)
    ? METRIC_WORDS[name]!
    : { name, means: '', better: 'higher', isShare: false };
}

/** Names of figures in the order in which they are shown; unknown ones last. */
export function inOrder(names: readonly string[]): string[] {
  const order = Object.keys(METRIC_WORDS);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((a, b) => place(a) - place(b));
}
