import type { Comparison } from './compare-scores.ts';

/** Metrics that are shares and told in points. */
const inPoints = /^(?:accuracy|top5|auroc|macroAuroc|averagePrecision|macroAveragePrecision|macroF1)$/;

/**
 * One sentence: whether the second model really is better.
 *
 * @param names of the first and the second
 */
export function verdictSentence(comparison: Comparison, [first, second]: readonly [string, string]): string {
  const { rows, metric, verdict, mcnemar } = comparison;
  const one = comparison.metrics[metric]!;
  const amount = (value: number) => (inPoints.test(metric) ? (100 * value).toFixed(1) : value.toFixed(4));
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${amount(Math.abs(value))}`;
  const unit = inPoints.test(metric) ? ' points' : '';
  const { value, interval } = one.difference;
  const p = metric === 'accuracy' ? mcnemar.p : one.p;
  const figures =
    `${metric} ${one.second.toFixed(3)} against ${one.first.toFixed(3)}, ${signed(value)}${unit} ` +
    `(95 %: ${signed(interval[0])} … ${signed(interval[1])}; p ${p < 0.001 ? '< 0.001' : p.toFixed(3)})`;
  if (verdict !== 'undecided') return `${second} is ${verdict} than ${first}: ${figures} on ${rows} inputs.`;
  return (
    `No difference between ${first} and ${second} can be told on ${rows} inputs: ${figures}` +
    (one.detectable > 0
      ? `; it would take about ${amount(one.detectable)}${unit} to be seen in four of five cases.`
      : '.')
  );
}

/** The comparison as lines of text, the verdict last. */
export function describeComparison(comparison: Comparison, names: readonly [string, string]): string[] {
  const { rows, metrics, mcnemar } = comparison;
  const wide = Math.max(...Object.keys(metrics).map((name) => name.length));
  return [
    `${names[0]} and ${names[1]} on the same ${rows} inputs`,
    ...Object.entries(metrics).map(([name, { first, second, difference, p }]) => {
      const [low, high] = difference.interval.map((value) => value.toFixed(4));
      return `  ${name.padEnd(wide)}  ${first.toFixed(4)}  ${second.toFixed(4)}  ${difference.value.toFixed(4)} (${low} … ${high})  p ${p.toFixed(4)}`;
    }),
    `  right alone: the first ${mcnemar.onlyFirst}, the second ${mcnemar.onlySecond}; McNemar's p ${mcnemar.p.toFixed(4)}`,
    verdictSentence(comparison, names),
  ];
}
