import type {
  DriftReport,
  EvidenceRecord,
  FeatureReport,
  ReportHistogram,
  TimelinePoint,
} from '@assay/schema';

const hour = (at: number) => new Date(Date.UTC(2026, 10, 19, 14 + at)).toISOString();

/** Counts of a normal distribution in bins of half a deviation about its middle, cut at ±4σ; `shift` and `spread` in deviations. */
function bell(
  records: number,
  { shift = 0, spread = 1 }: { shift?: number; spread?: number } = {},
): number[] {
  const below = (z: number) => 1 / (1 + Math.exp(-1.702 * z));
  const edges = Array.from({ length: 17 }, (_, i) => ((i - 8) / 2 - shift) / spread);
  const upTo = [0, ...edges.map(below), 1];
  return upTo.slice(1).map((share, i) => Math.round(records * (share - upTo[i]!)));
}

/** A histogram over bins of half a deviation, 16 of them and two open ends. */
export function bellHistogram(
  { mean, deviation }: { mean: number; deviation: number },
  { reference, current, ...moved }: { reference: number; current: number; shift?: number; spread?: number },
): ReportHistogram {
  return {
    kind: 'numeric',
    edges: Array.from({ length: 17 }, (_, i) => mean + ((i - 8) / 2) * deviation),
    reference: bell(reference),
    current: bell(current, moved),
  };
}

/** A feature of a window of 47,902 answers against 2,400 reference inputs; stable where nothing else is said. */
export function exampleFeature(feature: string, more: Partial<FeatureReport> = {}): FeatureReport {
  return {
    ...{ feature, group: 'image', aspect: 'values', verdict: 'stable', direction: 'about the same' },
    ...{ measure: 'wasserstein', effect: 0.031, threshold: 0.1, pValue: 0.41, adjusted: 1 },
    ...{ reference: 2400, current: 47_902, detectable: 0.084 },
    ...more,
  };
}

const sizes = { reference: 2400, current: 47_902 };

const features: FeatureReport[] = [
  exampleFeature('image.brightness', {
    ...{ verdict: 'drifted', direction: '−1.4σ: darker', effect: 1.42, pValue: 3.1e-214, adjusted: 9.6e-213 },
    histogram: bellHistogram({ mean: 121.4, deviation: 30.2 }, { ...sizes, shift: -1.4, spread: 1.1 }),
  }),
  exampleFeature('image.format', {
    ...{
      verdict: 'drifted',
      direction: 'jpeg 91 % → 55 %; never seen before: avif',
      measure: 'jensen-shannon',
    },
    ...{ effect: 0.287, pValue: 2.2e-96, adjusted: 6.6e-95, detectable: 0.05 },
    histogram: {
      kind: 'categorical',
      names: ['jpeg', 'png', 'webp', 'avif'],
      reference: [2184, 168, 48, 0],
      current: [26_346, 4790, 13_413, 3353],
    },
  }),
  exampleFeature('image.contrast', {
    ...{
      verdict: 'drifted',
      direction: '−0.6σ: less contrast',
      effect: 0.62,
      pValue: 8.7e-41,
      adjusted: 2.5e-39,
    },
    follows: 'image.brightness',
    histogram: bellHistogram({ mean: 52.1, deviation: 11.8 }, { ...sizes, shift: -0.6 }),
  }),
  exampleFeature('confidence', {
    ...{ group: 'answer', verdict: 'drifted', direction: '−0.4σ: less confident', effect: 0.44 },
    ...{ pValue: 1.3e-22, adjusted: 3.6e-21, follows: 'image.brightness' },
    histogram: {
      kind: 'numeric',
      edges: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985, 0.995, 1],
      reference: [0, 4, 28, 60, 104, 176, 158, 221, 268, 322, 384, 412, 263, 0],
      current: [12, 310, 1650, 3020, 4480, 5960, 4210, 4970, 5240, 5480, 5590, 4790, 2190, 0],
    },
  }),
  exampleFeature('image.jpegQuality', {
    ...{ aspect: 'missing', verdict: 'drifted', direction: '9.0 % → 45 %', measure: 'share', effect: 0.36 },
    ...{ threshold: 0.05, pValue: 5.1e-88, adjusted: 1.4e-86, detectable: 0.031, follows: 'image.format' },
  }),
  exampleFeature('embedding', {
    ...{ group: 'embedding', measure: 'maximum-mean-discrepancy', effect: 0.0042, threshold: 0.006 },
    ...{ direction: 'about the same', pValue: 0.06, adjusted: 1, detectable: null },
  }),
  exampleFeature('image.sharpness', {
    direction: '−0.1σ: blurrier',
    effect: 0.082,
    pValue: 0.004,
    adjusted: 0.11,
  }),
  exampleFeature('image.saturation', { effect: 0.054, pValue: 0.18 }),
  exampleFeature('prediction', {
    ...{ group: 'answer', direction: 'ai 48 % → 51 %', measure: 'jensen-shannon', effect: 0.021 },
    ...{ pValue: 0.02, adjusted: 0.5, detectable: 0.03 },
  }),
  exampleFeature('image.aspect', { direction: '+0.0σ: taller', effect: 0.018 }),
  exampleFeature('image.bytes', { direction: '−0.0σ: smaller files', effect: 0.012 }),
  exampleFeature('score.ai', { group: 'score', effect: 0.011 }),
  exampleFeature('scopeDistance', {
    ...{ group: 'answer', verdict: 'insufficient-data', direction: '+0.3σ: farther from the training data' },
    ...{
      effect: 0.29,
      threshold: 0.61,
      pValue: 0.08,
      adjusted: 1,
      current: 38,
      detectable: 0.74,
      moreNeeded: 62,
    },
  }),
  exampleFeature('operation.failed', {
    ...{ group: 'operation', direction: '0.1 % → 0.2 %', measure: 'share', effect: 0.001, threshold: 0.02 },
    ...{ reference: 310_422, current: 48_207, detectable: 0.003 },
  }),
];

const timeline: TimelinePoint[] = Array.from({ length: 24 }, (_, i) => {
  const late = i >= 15;
  const day = 0.5 + 0.5 * Math.sin(((i - 4) / 24) * 2 * Math.PI);
  return {
    ...{ from: hour(i), to: hour(i + 1), records: Math.round(600 + 2800 * day) },
    effects: {
      'image.brightness': i === 9 ? null : late ? 21 + Math.sin(i) * 2 : 0.5 + 0.2 * Math.sin(i),
      'image.format': late ? 3.6 + 0.3 * Math.cos(i) : 0.4 + 0.1 * Math.cos(2 * i),
      'image.contrast': late ? 8.4 + Math.sin(2 * i) : 0.6 + 0.2 * Math.cos(i),
    },
    meanConfidence: i === 9 ? null : (late ? 0.79 : 0.9) + 0.01 * Math.sin(i),
    ...{ refused: late ? 14 : 4, failed: i === 16 ? 39 : 1 },
  };
});

const evidence: EvidenceRecord[] = Array.from({ length: 6 }, (_, i) => ({
  id: `0199f2aa-6c1e-7b3d-9e52-0d3f5a7c1e${(16 + i).toString(16)}`,
  time: hour(16 + i),
  typicality: 0.998 - i * 0.004,
  reasons: [
    `image.brightness ${28 + 2 * i} (reference: 121 ± 30)`,
    'image.format avif (reference: never)',
    `image.contrast ${21 + i} (reference: 52 ± 12)`,
  ],
  prediction: i % 2 === 0 ? 'ai' : 'real',
  confidence: 0.61 + i * 0.02,
  values: { 'image.brightness': 28 + 2 * i, 'image.format': 'avif', 'image.contrast': 21 + i },
  image: `inputs/2026-11-20/${String(6 + i).padStart(2, '0')}/0199f2aa-6c1e.avif`,
}));

/** A report with something in every place: a window that became darker, in AVIF, from one client. */
export function exampleReport(): DriftReport {
  return {
    schemaVersion: 1,
    id: 'ai-vs-real_3.1.0_20261119T140000Z_20261120T140000Z',
    time: '2026-11-20T14:00:07.412Z',
    model: { name: 'ai-vs-real', version: '3.1.0' },
    window: { from: hour(0), to: hour(24) },
    records: { total: 48_331, answered: 47_902, refused: 192, failed: 113, cancelled: 124, passedOver: 3 },
    reference: { digest: '5e3c0f7a'.repeat(8), inputs: 2400 },
    verdict: 'drifted',
    summary:
      'Drifted: brightness −1.4σ (darker), file format jpeg 91 % → 55 %; never seen before: avif and 3 more; accuracy went from 91.2 % to 83.0 %, by feedback.',
    alpha: { level: 0.0071, budget: 0.05 },
    features,
    performance: {
      before: { share: 0.912, interval: [0.9, 0.923], records: 2400 },
      expected: { share: 0.841, interval: [0.835, 0.847], records: 47_902 },
      realised: { share: 0.83, interval: [0.801, 0.856], records: 1000 },
      change: { change: -0.082, interval: [-0.111, -0.054] },
      calibrationError: { before: 0.018, now: 0.061, interval: [0.043, 0.082] },
      labelShift: [
        { label: 'ai', before: 0.5, now: 0.534, interval: [0.51, 0.559] },
        { label: 'real', before: 0.5, now: 0.466, interval: [0.441, 0.49] },
      ],
      notes: ['Feedback came for 2 % of the window, more often for “ai” than for “real”.'],
    },
    slices: [
      {
        ...{
          dimension: 'client',
          value: 'mobile-app',
          records: 13_310,
          verdict: 'drifted',
          adjusted: 4.1e-180,
        },
        ...{ feature: 'image.brightness', direction: '−2.6σ: darker', effect: 2.61 },
        apart: { feature: 'image.brightness', direction: '−2.4σ: darker', effect: 2.42 },
      },
      {
        ...{ dimension: 'format', value: 'avif', records: 3353, verdict: 'drifted', adjusted: 7.7e-61 },
        ...{ feature: 'image.brightness', direction: '−2.7σ: darker', effect: 2.7 },
      },
      {
        ...{ dimension: 'client', value: 'website', records: 34_592, verdict: 'stable', adjusted: 0.81 },
        ...{ feature: 'image.sharpness', direction: '−0.1σ: blurrier', effect: 0.071 },
      },
      { dimension: 'hour', value: '04', records: 12, verdict: 'insufficient-data', adjusted: 1 },
      {
        dimension: 'size',
        value: '≥ 1 MP',
        records: 20_115,
        verdict: 'stable',
        adjusted: 0.64,
        effect: null,
      },
    ],
    evidence,
    timeline,
    pipeline: {
      fingerprints: [
        { part: 'model', value: '3.1.0', records: 47_902, from: hour(0), to: hour(24) },
        { part: 'variant', value: 'int8', records: 29_310, from: hour(0), to: hour(16) },
        { part: 'variant', value: 'float32', records: 18_592, from: hour(16), to: hour(24) },
        { part: 'preprocessing', value: '9b1f03c2d4e5', records: 47_902, from: hour(0), to: hour(24) },
      ],
      changes: ['The variant changed from int8 to float32 at 20 Nov 2026, 06:00 UTC.'],
    },
    seasonal: {
      windows: [7, 14].map((days) => ({ from: hour(-24 * days), to: hour(24 - 24 * days) })),
      records: 91_204,
      verdict: 'drifted',
      summary: 'Two earlier weeks had none of this: brightness and format are news.',
      features: [
        exampleFeature('image.brightness', {
          ...{
            verdict: 'drifted',
            direction: '−1.4σ: darker',
            effect: 1.39,
            pValue: 1e-300,
            adjusted: 1e-299,
          },
          reference: 91_204,
        }),
      ],
    },
    cost: { recordsRead: 2114, hoursFromProfiles: 23, hoursCounted: 1, milliseconds: 412 },
  };
}

/** A quiet day. */
export function stableReport(): DriftReport {
  const report = exampleReport();
  const quiet = features
    .filter(({ aspect }) => aspect === 'values')
    .map(({ feature, group, measure }, i) =>
      exampleFeature(feature, {
        group,
        measure,
        effect: 0.061 - i * 0.004,
        adjusted: 1,
        pValue: 0.2 + i * 0.04,
      }),
    );
  const { before } = report.performance;
  const { seasonal: _, ...rest } = report;
  return {
    ...rest,
    id: 'ai-vs-real_3.1.0_20261118T140000Z_20261119T140000Z',
    window: { from: hour(-24), to: hour(0) },
    verdict: 'stable',
    summary:
      'Stable: 47,902 predictions of ai-vs-real look like those it was tested on; a shift of brightness by 0.1σ would have been found.',
    records: { total: 47_905, answered: 47_902, refused: 3, failed: 0, cancelled: 0, passedOver: 0 },
    features: quiet,
    performance: {
      ...(before && { before }),
      expected: { share: 0.909, interval: [0.904, 0.914], records: 47_902 },
      notes: ['No feedback came for records of this window.'],
    },
    slices: report.slices.map((slice) => ({ ...slice, verdict: 'stable' as const, adjusted: 0.7 })),
    evidence: [],
    pipeline: { fingerprints: report.pipeline.fingerprints.slice(0, 1), changes: [] },
    timeline: report.timeline.map((point, i) => ({
      ...point,
      ...{ from: hour(i - 24), to: hour(i - 23) },
      effects: { 'image.sharpness': 0.5 + 0.3 * Math.sin(i), 'image.brightness': 0.3 },
      meanConfidence: 0.9,
      ...{ refused: 0, failed: 0 },
    })),
  };
}

/** The first hour of a new model: 14 records. */
export function insufficientReport(): DriftReport {
  const report = stableReport();
  return {
    ...report,
    id: 'ai-vs-real_3.1.0_20261119T140000Z_20261119T150000Z',
    verdict: 'insufficient-data',
    summary: 'Too little data: 14 predictions of ai-vs-real; 88 more would show a shift of 0.5σ.',
    moreNeeded: 88,
    window: { from: hour(0), to: hour(1) },
    records: { total: 14, answered: 14, refused: 0, failed: 0, cancelled: 0, passedOver: 0 },
    features: report.features.map((feature, i) => ({
      ...feature,
      verdict: 'insufficient-data',
      ...{ current: 14, effect: 0.4 - i * 0.02, threshold: 0.71, detectable: 1.24, moreNeeded: 88 },
    })),
    performance: { notes: ['Too few records to expect an accuracy.'] },
    slices: [],
    timeline: report.timeline.slice(0, 1),
  };
}
