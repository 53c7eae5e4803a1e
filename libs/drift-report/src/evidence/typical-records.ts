import type { FrozenReference } from '@assay/drift-statistics';
import type { EvidenceRecord, FeatureReport, RecordSample } from '@assay/schema';
import { nameInSentence } from '../judge/name-in-sentence.ts';
import { cellReader } from '../judge/sample-table.ts';
import type { DriftWindow } from '../window/drift-window.ts';
import { clip } from '../wording/clean-text.ts';
import { numberWords, percentWords } from '../wording/numbers.ts';
import { combineRatios } from './combine-ratios.ts';
import { logLikelihoodRatio, type Cell } from './log-likelihood-ratio.ts';

/** Records that are shown, features that speak for them, and reasons that each is given. */
const MOST_RECORDS = 20;
const MOST_FEATURES = 12;
const MOST_REASONS = 3;
/** A ratio of likelihoods below this is no reason (its logarithm). */
const LEAST_RATIO = Math.log(1.5);

/** Features by which records are told apart: those that drifted; of an embedding that drifted as a whole its dimensions. */
function tellingFeatures(features: readonly FeatureReport[], reference: FrozenReference): string[] {
  const drifted = features.filter((one) => one.verdict === 'drifted').map(({ feature }) => feature);
  const single = drifted.filter((name) => name in reference.features);
  const dimensions = Object.keys(reference.features).filter((name) => name.startsWith('embedding.'));
  const whole = drifted.includes('embedding') && !single.some((name) => name.startsWith('embedding.'));
  return [...new Set(single)].slice(0, MOST_FEATURES).concat(whole ? dimensions : []);
}

const sayCell = (value: Cell) =>
  value === null ? 'missing' : typeof value === 'number' ? numberWords(value) : clip(value);

/** For example `brightness 31 (reference: 120 ± 30)`. */
function reasonOf(name: string, value: Cell, feature: FrozenReference['features'][string]): string {
  const { profile } = feature;
  const inputs = profile.count + profile.missing;
  const usual =
    value === null
      ? percentWords(profile.missing / inputs)
      : profile.kind === 'categorical'
        ? percentWords((new Map(Object.entries(profile.counts)).get(String(value)) ?? 0) / inputs)
        : profile.deviation === 0
          ? `always ${numberWords(profile.mean)}`
          : `${numberWords(profile.mean)} ± ${numberWords(profile.deviation)}`;
  return `${nameInSentence(name)} ${sayCell(value)} (reference: ${usual})`;
}

/** ISO time of a cell that holds one, or milliseconds; else the given one. */
function timeOf(cell: Cell, otherwise: string): string {
  const time = new Date(cell ?? NaN);
  return Number.isNaN(time.getTime()) ? otherwise : time.toISOString();
}

/**
 * The records of the window's sample that are most typical of the shift, with what speaks for each; none where nothing drifted.
 *
 * @param features Judged and ranked.
 */
export function typicalRecords(
  window: Pick<DriftWindow, 'reference' | 'referenceSample' | 'profile' | 'sample' | 'images' | 'window'>,
  features: readonly FeatureReport[],
): EvidenceRecord[] {
  const { reference, referenceSample, profile, sample } = window;
  const telling = tellingFeatures(features, reference)
    .filter((name) => profile.features[name] !== undefined && sample.columns.includes(name))
    .map((name) => ({
      name,
      feature: reference.features[name]!,
      ratio: logLikelihoodRatio(reference.features[name]!, profile.features[name]!),
      cell: cellReader(sample, name),
    }));
  if (telling.length === 0 || sample.records.length === 0) return [];
  const current = sample.records.map((_, record) => telling.map(({ ratio, cell }) => ratio(cell(record))));
  const known = referenceSample && ratiosOf(referenceSample, telling);
  const probability = combineRatios(known, current);
  const [prediction, confidence, time] = ['prediction', 'confidence', 'time'].map((column) =>
    cellReader(sample, column),
  ) as [(record: number) => Cell, (record: number) => Cell, (record: number) => Cell];
  const ranked = current
    .map((row, record) => ({ row, record, typicality: probability(row) }))
    .sort(
      (a, b) =>
        b.typicality - a.typicality || (sample.records[a.record]!.id < sample.records[b.record]!.id ? -1 : 1),
    );
  return distinctInputs(ranked, sample).map(({ row, record, typicality }): EvidenceRecord => {
    const { id } = sample.records[record]!;
    const [label, share] = [prediction(record), confidence(record)];
    const image = window.images.get(id);
    const reasons = telling
      .map((one, k) => ({ ...one, weight: row[k]! }))
      .filter(({ weight }) => weight >= LEAST_RATIO)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST_REASONS)
      .map(({ name, feature, cell }) => reasonOf(name, cell(record), feature));
    return {
      id,
      time: timeOf(time(record), window.window.from),
      typicality: Math.min(1, Math.max(0, typicality)),
      reasons,
      ...(typeof label === 'string' ? { prediction: label } : {}),
      ...(typeof share === 'number' && share >= 0 && share <= 1 ? { confidence: share } : {}),
      values: Object.fromEntries(
        telling.slice(0, MOST_FEATURES).map(({ name, cell }) => {
          const value = cell(record);
          return [name, typeof value === 'string' ? clip(value) : value];
        }),
      ),
      ...(image === undefined ? {} : { image }),
    };
  });
}

/** The first records of inputs that differ: the same one again and again would be the same evidence. */
function distinctInputs<T extends { record: number }>(ranked: readonly T[], sample: RecordSample): T[] {
  const time = sample.columns.indexOf('time');
  const seen = new Set<string>();
  const kept: T[] = [];
  for (const one of ranked) {
    if (kept.length === MOST_RECORDS) break;
    const input = JSON.stringify(sample.records[one.record]!.values.filter((_, column) => column !== time));
    if (seen.has(input)) continue;
    seen.add(input);
    kept.push(one);
  }
  return kept;
}

function ratiosOf(
  sample: RecordSample,
  telling: readonly { name: string; ratio: (value: Cell) => number }[],
): number[][] {
  const readers = telling.map(({ name, ratio }) => ({ ratio, cell: cellReader(sample, name) }));
  return sample.records.map((_, record) => readers.map(({ ratio, cell }) => ratio(cell(record))));
}
