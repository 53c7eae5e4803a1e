import type { DriftVerdict, FeatureReport, PerformanceReport } from '@assay/schema';
import { clip, LENGTHS } from '../wording/clean-text.ts';
import { countWords, percentWords, plural } from '../wording/numbers.ts';
import { groupOf } from './feature-groups.ts';
import { nameInSentence } from './name-in-sentence.ts';

/** What the sentence is made of. */
export interface SummaryFacts {
  model: string;
  verdict: DriftVerdict;
  /** Answered. */
  records: number;
  moreNeeded?: number | undefined;
  /** Ranked. */
  features: readonly FeatureReport[];
  performance: PerformanceReport;
  /** Sentences on what changed in the pipeline. */
  pipelineChanges: readonly string[];
  /** Level of this look; 0 where the budget of the period is spent. */
  level: number;
}

/** Causes that are named; the others are counted. */
const MOST_NAMED = 3;

/** The verdict in one plain sentence, and where it matters a second one. */
export function summarise(facts: SummaryFacts): string {
  const sentence = {
    drifted: drifted,
    stable: stable,
    'insufficient-data': insufficient,
  }[facts.verdict](facts);
  return clip(sentence, LENGTHS.summary);
}

/** `brightness −1.4σ: darker` of a feature, the embedding by its name alone. */
function phrase({ feature, aspect, direction }: FeatureReport): string {
  const name = nameInSentence(feature);
  return aspect === 'missing'
    ? `${name} ${direction}`
    : `${name} ${direction.replace(/^(\S+σ): (.*)$/, '$1 ($2)')}`;
}

function drifted({ features, performance, pipelineChanges }: SummaryFacts): string {
  const all = features.filter((one) => one.verdict === 'drifted');
  const causes = all.filter((one) => one.follows === undefined);
  // One name for all dimensions of the embedding.
  const named = causes.filter(
    (one, i) =>
      groupOf(one.feature) !== 'embedding' ||
      causes.findIndex(({ feature }) => groupOf(feature) === 'embedding') === i,
  );
  const shown = named.slice(0, MOST_NAMED);
  const others = all.length - shown.length;
  const list = [...shown.map(phrase), ...(others > 0 ? [`${countWords(others)} more`] : [])];
  const joined = list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)!}`;
  const pipeline =
    pipelineChanges.length === 0 ? '' : ` The pipeline may be the cause: ${pipelineChanges[0]!}`;
  return `Drifted: ${joined}${hurt(performance)}.${pipeline}`;
}

/** What became of the accuracy, where it can be told from what it was. */
function hurt({ before, expected, realised, change }: PerformanceReport): string {
  if (realised && before && change && (change.interval[1] < 0 || change.interval[0] > 0))
    return `; accuracy went from ${percentWords(before.share)} to ${percentWords(realised.share)}, by feedback`;
  if (!before || !expected) return '';
  if (expected.interval[1] < before.interval[0])
    return `; expected accuracy falls from ${percentWords(before.share)} to ${percentWords(expected.share)}`;
  return `; expected accuracy ${percentWords(expected.share)}, ${percentWords(before.share)} before`;
}

/** The feature that people think in first: a property of the input. */
function example(features: readonly FeatureReport[]): FeatureReport | undefined {
  const numbers = features.filter(
    (one) => one.aspect === 'values' && one.measure === 'wasserstein' && one.detectable !== null,
  );
  return (
    numbers.find(({ feature }) => feature === 'image.brightness') ??
    numbers.find(({ group }) => group === 'image' || group === 'feature') ??
    numbers[0]
  );
}

function stable({ model, records, features, performance, level }: SummaryFacts): string {
  const seen = example(features);
  const detectable = seen ? Math.max(seen.detectable ?? 0, seen.threshold) : undefined;
  const would =
    seen && detectable !== undefined
      ? `; a shift of ${nameInSentence(seen.feature)} by ${detectable.toFixed(detectable < 0.1 ? 2 : 1)}σ would have been found`
      : '';
  const { change, before, realised } = performance;
  const worse =
    change && before && realised && change.interval[1] < 0
      ? ` Yet accuracy fell from ${percentWords(before.share)} to ${percentWords(realised.share)}, by feedback.`
      : '';
  const spent =
    level === 0
      ? ' The budget of false alarms for this period is spent: nothing could be called a drift.'
      : '';
  return `Stable: ${plural(records, 'prediction')} of ${model} look like those it was tested on${would}.${worse}${spent}`;
}

function insufficient({ model, records, moreNeeded, features }: SummaryFacts): string {
  if (features.length === 0)
    return `Too little data: nothing that ${model} was tested on can be compared with ${plural(records, 'prediction')}.`;
  const had = records === 0 ? `no predictions of ${model}` : `${plural(records, 'prediction')} of ${model}`;
  const more =
    moreNeeded === undefined
      ? `the reference is too small to show a shift of half a deviation, however many come`
      : `${countWords(moreNeeded)} more would show a shift of 0.5σ`;
  return `Too little data: ${had}; ${more}.`;
}
