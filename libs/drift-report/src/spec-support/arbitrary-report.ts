import fc, { type Arbitrary } from 'fast-check';
import {
  driftVerdict,
  effectMeasure,
  featureGroup,
  type DriftReport,
  type FeatureReport,
  type ReportHistogram,
} from '@assay/schema';
import { hostileNames } from './hostile-report.ts';

const count = fc.oneof(fc.nat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const time = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const window = fc.record({ from: time, to: time });
const verdict = fc.constantFrom(...driftVerdict.options);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(...hostileNames, 'constructor', '__proto__', 'image.brightness', 'score.', ''),
);
const some = <T>(one: Arbitrary<T>) => fc.array(one, { maxLength: 6 });
const options = { noNullPrototype: true };

const histogram: Arbitrary<ReportHistogram> = fc.oneof(
  fc.record({
    kind: fc.constant('numeric' as const),
    edges: some(number),
    reference: some(count),
    current: some(count),
  }),
  fc.uniqueArray(number, { minLength: 1, maxLength: 8 }).chain((edges) => {
    const bins = fc.array(count, { minLength: edges.length + 1, maxLength: edges.length + 1 });
    const ascending = edges.toSorted((a, b) => a - b);
    return fc.record({
      kind: fc.constant('numeric' as const),
      edges: fc.constant(ascending),
      reference: bins,
      current: bins,
    });
  }),
  fc.record({
    kind: fc.constant('categorical' as const),
    names: some(text),
    reference: some(count),
    current: some(count),
  }),
);

const feature: Arbitrary<FeatureReport> = fc.record(
  {
    feature: text,
    group: fc.constantFrom(...featureGroup.options),
    aspect: fc.constantFrom('values' as const, 'missing' as const),
    verdict,
    direction: text,
    measure: fc.constantFrom(...effectMeasure.options),
    effect: fc.option(number),
    threshold: number,
    pValue: share,
    adjusted: share,
    reference: count,
    current: count,
    detectable: fc.option(number),
    moreNeeded: count,
    follows: text,
    histogram,
  },
  {
    ...options,
    requiredKeys: [
      ...(['feature', 'group', 'aspect', 'verdict', 'direction', 'measure', 'effect', 'threshold'] as const),
      ...(['pValue', 'adjusted', 'reference', 'current', 'detectable'] as const),
    ],
  },
);

const interval = fc.tuple(share, share);
const shareWithInterval = fc.record({ share, interval, records: count });
const performance = fc.record(
  {
    before: shareWithInterval,
    expected: shareWithInterval,
    realised: shareWithInterval,
    change: fc.record({
      change: fc.double({ min: -1, max: 1, noNaN: true }),
      interval: fc.tuple(number, number),
    }),
    calibrationError: fc.record({ now: share, interval }),
    labelShift: some(fc.record({ label: text, before: share, now: share, interval })),
    notes: some(text),
  },
  { ...options, requiredKeys: ['notes'] },
);

const slice = fc.record(
  {
    dimension: text,
    value: text,
    records: count,
    verdict,
    adjusted: share,
    feature: text,
    direction: text,
    effect: fc.option(number),
    apart: fc.record({ feature: text, direction: text, effect: number }),
  },
  { ...options, requiredKeys: ['dimension', 'value', 'records', 'verdict', 'adjusted'] },
);

const evidence = fc.record(
  {
    id: text,
    time,
    typicality: share,
    reasons: some(text),
    prediction: text,
    confidence: share,
    values: fc.dictionary(text, fc.oneof(number, text, fc.constant(null)), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    image: text,
  },
  { ...options, requiredKeys: ['id', 'time', 'typicality', 'reasons', 'values'] },
);

const timelinePoint = fc.record({
  from: time,
  to: time,
  records: count,
  effects: fc.dictionary(text, fc.option(number), { maxKeys: 4, noNullPrototype: true }),
  meanConfidence: fc.option(share),
  refused: count,
  failed: count,
});

/** Any report that the schema lets pass, whether or not its numbers make sense together. */
export const arbitraryReport: Arbitrary<DriftReport> = fc.record(
  {
    schemaVersion: fc.constant(1 as const),
    id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,40}$/),
    time,
    model: fc.record({
      name: fc.stringMatching(/^[a-z0-9]{1,63}$/),
      version: fc.stringMatching(/^[0-9A-Za-z]{1,40}$/),
    }),
    window,
    records: fc.record({
      ...{ total: count, answered: count, refused: count },
      ...{ failed: count, cancelled: count, passedOver: count },
    }),
    reference: fc.record({ digest: fc.stringMatching(/^[0-9a-f]{64}$/), inputs: count }),
    verdict,
    summary: fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
    moreNeeded: count,
    alpha: fc.record({ level: share, budget: share }),
    features: some(feature),
    performance,
    slices: some(slice),
    evidence: some(evidence),
    timeline: some(timelinePoint),
    pipeline: fc.record({
      fingerprints: some(fc.record({ part: text, value: text, records: count, from: time, to: time })),
      changes: some(text),
    }),
    seasonal: fc.record({
      ...{ windows: some(window), records: count, verdict, summary: text },
      features: some(feature.map(({ histogram: _, ...rest }) => rest)),
    }),
    cost: fc.record({
      ...{ recordsRead: count, hoursFromProfiles: count, hoursCounted: count },
      milliseconds: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
    }),
  },
  {
    ...options,
    requiredKeys: [
      ...(['schemaVersion', 'id', 'time', 'model', 'window', 'records', 'reference', 'verdict'] as const),
      ...([
        'summary',
        'alpha',
        'features',
        'performance',
        'slices',
        'evidence',
        'timeline',
        'pipeline',
        'cost',
      ] as const),
    ],
  },
);
