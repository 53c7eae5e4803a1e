import type { DriftReport, SliceReport } from '@assay/schema';
import { clip, LENGTHS } from './clean-text.ts';
import { aspectTitle } from './feature-name.ts';
import { impactOf } from './impact.ts';
import { countWords, percentWords, plural } from './numbers.ts';

/** Labels that bring the interval of an accuracy to ± this much. */
const WANTED_MARGIN = 0.05;

/** What to do about a report, most urgent first; a sentence or two each, one at least. */
export function nextSteps(report: DriftReport): string[] {
  const steps = [...causes(report), ...consequences(report), ...gaps(report)];
  return steps.length > 0 ? steps : ['Nothing. The next report comes with its window.'];
}

/** Where to look for what happened. */
function causes({ verdict, features, pipeline, slices, evidence, seasonal }: DriftReport): string[] {
  const steps: string[] = [];
  const changes = pipeline.changes.slice(0, 2).map((change) => clip(change, LENGTHS.sentence));
  if (changes.length > 0)
    steps.push(
      `Rule out the pipeline first, a change there explains a drift by itself: ${changes.join(' ')}`,
    );
  if (verdict !== 'drifted') return steps;
  const drifted = features.filter((feature) => feature.verdict === 'drifted');
  const operation = drifted.find(({ group }) => group === 'operation');
  if (operation)
    steps.push(
      `Look at the service itself: ${aspectTitle(operation)} (${clip(operation.direction, LENGTHS.phrase)}).`,
    );
  const slice = concentrated(slices);
  if (slice)
    steps.push(
      `Start with ${clip(slice.dimension)} ${clip(slice.value)}: ${plural(slice.records, 'record')}, other values of ${clip(slice.dimension)} show less or nothing.`,
    );
  const [cause] = drifted.filter(({ group }) => group !== 'operation');
  if (cause)
    steps.push(
      `Look at what changed most, ${aspectTitle(cause)} (${clip(cause.direction, LENGTHS.phrase)})${evidence.length > 0 ? `, in the ${plural(evidence.length, 'record')} shown as evidence` : ''}.`,
    );
  if (seasonal?.verdict === 'stable')
    steps.push(
      'The same hours of earlier weeks looked alike: this is a rhythm or a lasting state, not news. If it is to stay, retrain and give the package a new reference.',
    );
  return steps;
}

/** The slice that stands out among others of its dimension that do not. */
function concentrated(slices: readonly SliceReport[]): SliceReport | undefined {
  return slices
    .filter(({ verdict }) => verdict === 'drifted')
    .filter((slice) =>
      slices.some(({ dimension, verdict }) => dimension === slice.dimension && verdict !== 'drifted'),
    )
    .sort((a, b) => (b.effect ?? 0) - (a.effect ?? 0))[0];
}

/** What to do about the model. */
function consequences({ verdict, performance }: DriftReport): string[] {
  const { certainty, change } = impactOf(performance);
  if (certainty === 'known' && change === 'worse')
    return [
      'Accuracy has fallen: go back to an earlier version if it does better on these records, then retrain with labelled records of this window.',
    ];
  if (verdict !== 'drifted' || certainty === 'known') return [];
  const share = performance.expected?.share ?? performance.before?.share ?? 0.5;
  const labels = Math.max(30, Math.ceil((1.96 ** 2 * share * (1 - share)) / WANTED_MARGIN ** 2 / 10) * 10);
  return [
    `Find out whether it hurts: send the truth of about ${countWords(labels)} records of this window, drawn at random, as feedback. That gives the accuracy within ±${percentWords(WANTED_MARGIN)}.`,
  ];
}

/** What keeps the report from saying more. */
function gaps({ verdict, moreNeeded, records }: DriftReport): string[] {
  const steps: string[] = [];
  if (verdict === 'insufficient-data')
    steps.push(
      moreNeeded === undefined
        ? 'Take a longer window, or a reference of more inputs: at these sizes a change worth seeing can stay hidden.'
        : `Take a longer window: about ${plural(moreNeeded, 'more record')} would let most features be judged.`,
    );
  if (records.passedOver > 0)
    steps.push(
      `${plural(records.passedOver, 'line')} of the log could not be read and ${records.passedOver === 1 ? 'was' : 'were'} passed over: look at who writes there, and at its release.`,
    );
  return steps;
}
