import type { FrozenReference } from '@assay/drift-statistics';
import { driftReportSchema, type DriftReport } from '@assay/schema';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  countsOf,
  LATENCY_EDGES,
  makeWindow,
  manifestOf,
  referenceOf,
  referenceSampleOf,
  type MadeRecord,
  type MadeWindow,
} from '../spec-support/make-window.ts';
import { portraits, rowsOf } from '../spec-support/portraits.ts';
import { makeDriftReport } from './make-drift-report.ts';

const now = new Date('2026-11-20T00:10:00Z');

describe('makeDriftReport', () => {
  let reference: FrozenReference;
  const cache = new Map<string, number>();

  beforeAll(async () => {
    reference = await referenceOf(rowsOf(portraits('reference', 2000)));
  });

  const report = (
    records: readonly MadeRecord[],
    made: Partial<MadeWindow> = {},
    level = 0.05,
  ): DriftReport => {
    const window = makeWindow(records, { reference, ...made });
    return driftReportSchema.parse(makeDriftReport(window, { alpha: { level, budget: 0.05 }, now, cache }));
  };
  const darker = (row: Record<string, number | string | null>) =>
    (row['image.brightness'] = Number(row['image.brightness']) - 42);

  it('calls a window of the same world stable, and says what would have been found', () => {
    const { verdict, summary, id, evidence, records } = report(portraits('same', 1204));
    expect(verdict).toBe('stable');
    expect(summary).toMatch(
      /^Stable: 1,204 predictions of world look like those it was tested on; a shift of brightness by 0\.[12]σ would have been found\.$/,
    );
    expect(id).toBe('world_1_20261119T000000Z_20261120T000000Z');
    expect(evidence).toEqual([]);
    expect(records).toEqual({
      total: 1204,
      answered: 1204,
      refused: 0,
      failed: 0,
      cancelled: 0,
      passedOver: 0,
    });
  });

  it('names what changed, in which direction, and shows the histograms', () => {
    const { verdict, features, summary } = report(portraits('dark', 400, { also: darker }));
    expect(verdict).toBe('drifted');
    const [first] = features;
    expect(first).toMatchObject({ feature: 'image.brightness', group: 'image' });
    // 42 levels are 1.4 standard deviations of 30; wide outer bins make it a little more.
    expect(first!.direction).toMatch(/^−1\.[345]σ: darker$/);
    expect(Math.abs(first!.effect! - 1.4)).toBeLessThan(0.3);
    expect(summary).toMatch(/^Drifted: brightness −1\.[345]σ \(darker\)/);
    const { histogram } = first!;
    expect(histogram?.kind).toBe('numeric');
    expect(histogram!.current.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(histogram!.reference.reduce((sum, count) => sum + count, 0)).toBe(2000);
    if (histogram?.kind === 'numeric') expect(histogram.edges).toHaveLength(histogram.current.length - 1);
  });

  it('puts what follows from a cause behind it', () => {
    const { features } = report(
      portraits('flat', 400, {
        also: (row) => {
          darker(row);
          row['image.contrast'] = Number(row['image.contrast']) - 25;
        },
      }),
    );
    expect(features.slice(0, 2)).toMatchObject([
      { feature: 'image.brightness' },
      { feature: 'image.contrast', follows: 'image.brightness' },
    ]);
    expect(features[1]!.effect!).toBeGreaterThan(features[0]!.effect!);
  });

  it('says how many more records it takes where there are few', () => {
    const { verdict, moreNeeded, summary } = report(portraits('few', 14));
    expect(verdict).toBe('insufficient-data');
    expect(moreNeeded).toBeGreaterThan(20);
    expect(moreNeeded).toBeLessThan(200);
    expect(summary).toBe(
      `Too little data: 14 predictions of world; ${moreNeeded!} more would show a shift of 0.5σ.`,
    );
  });

  it.each([
    ['no record', []],
    ['one record', portraits('one', 1)],
  ])('has a verdict and a sentence for %s', (_, records) => {
    const { verdict, summary, performance } = report(records);
    expect(verdict).toBe('insufficient-data');
    expect(summary).toMatch(/^Too little data: (no predictions|1 prediction) of world; \d+ more/);
    expect(performance.notes.length).toBeGreaterThan(0);
  });

  it('sees a column go missing, and does not stumble over it', () => {
    const records = portraits('gone', 400, { also: (row) => (row['image.contrast'] = null) });
    const { verdict, features } = report(records);
    expect(verdict).toBe('drifted');
    expect(features[0]).toMatchObject({
      feature: 'image.contrast',
      aspect: 'missing',
      direction: 'missing 0 % → 100 %',
    });
    expect(features.find((one) => one.feature === 'image.contrast' && one.aspect === 'values')).toMatchObject(
      {
        effect: null,
        current: 0,
      },
    );
  });

  it('sees values leave a constant, and a class that was never seen', () => {
    const { features } = report(
      portraits('other', 400, {
        also: (row, i) => {
          row['image.width'] = 1024;
          if (i % 4 === 0) row['image.format'] = 'webp';
        },
      }),
    );
    const of = (feature: string) => features.find((one) => one.feature === feature)!;
    expect(of('image.width')).toMatchObject({
      verdict: 'drifted',
      effect: 1,
      direction: 'always 256 before, now others in 100 %',
    });
    expect(of('image.format')).toMatchObject({ verdict: 'drifted' });
    expect(of('image.format').direction).toMatch(/^webp 0 % → 25 %$/);
  });

  it('calls nothing a drift at a level of 0, and says so', () => {
    const { verdict, summary } = report(portraits('spent', 1000, { also: darker }), {}, 0);
    expect(verdict).not.toBe('drifted');
    if (verdict === 'stable') expect(summary).toContain('budget of false alarms');
  });

  it('sees embeddings move together that no dimension shows alone, where the package holds its inputs', () => {
    const turned = portraits('turned', 800, {
      // Each dimension keeps its distribution; half of them become copies of each other.
      also: (row) => {
        for (const k of [1, 2, 3]) row[`embedding.${k}`] = row['embedding.0']!;
      },
    });
    expect(report(turned).verdict).toBe('stable');
    const known = report(turned, {
      referenceSample: referenceSampleOf(rowsOf(portraits('reference', 2000))),
    });
    expect(known.verdict).toBe('drifted');
    expect(known.features[0]).toMatchObject({ feature: 'embedding', measure: 'maximum-mean-discrepancy' });
    const same = report(portraits('same', 800), {
      referenceSample: referenceSampleOf(rowsOf(portraits('reference', 2000))),
    });
    expect(same.verdict).toBe('stable');
  });

  it('holds errors, refusals and latency against the days before', () => {
    const latency = (fast: number, slow: number) =>
      LATENCY_EDGES.concat(0).map((_, i) => (i === 4 ? fast : i === 8 ? slow : 0));
    const hour = '2026-11-19T00';
    const before = countsOf(portraits('before', 100), {
      reference,
      outcomes: [{ hour, answered: 9900, refused: 80, failed: 20, cancelled: 50 }],
      latency: latency(9800, 100),
    });
    const { features, records, timeline } = report(portraits('now', 500), {
      before,
      outcomes: [{ hour, answered: 500, refused: 5, failed: 60, cancelled: 3 }],
      latency: latency(100, 400),
    });
    const of = (feature: string) => features.find((one) => one.feature === feature)!;
    expect(of('operation.failed')).toMatchObject({
      verdict: 'drifted',
      group: 'operation',
      direction: '0.2 % → 11 %',
    });
    // 60 of 565 against 20 of 10,000.
    expect(of('operation.failed').effect).toBeCloseTo(60 / 565 - 20 / 10_000, 10);
    expect(of('operation.refused').verdict).not.toBe('drifted');
    expect(of('operation.latency')).toMatchObject({ verdict: 'drifted' });
    expect(of('operation.latency').direction).toMatch(/slower$/);
    expect(records).toMatchObject({ total: 568, refused: 5, failed: 60, cancelled: 3 });
    expect(timeline[0]).toMatchObject({ refused: 5, failed: 60 });
    expect(report(portraits('now', 500)).features.some(({ group }) => group === 'operation')).toBe(false);
  });

  it('says that a drift coincides with a change of the pipeline', () => {
    const part = { part: 'preprocessing', records: 200 };
    const { pipeline, summary } = report(portraits('dark', 400, { also: darker }), {
      fingerprints: [
        { ...part, value: 'a'.repeat(64), from: '2026-11-19T00:00:00Z', to: '2026-11-19T12:00:00Z' },
        { ...part, value: 'b'.repeat(64), from: '2026-11-19T12:00:00Z', to: '2026-11-20T00:00:00Z' },
      ],
    });
    expect(pipeline.changes).toEqual([
      'The preprocessing changed on 19 Nov 2026, 12:00 UTC: aaaaaaaaaaaa before, bbbbbbbbbbbb from then on.',
    ]);
    expect(summary).toContain(
      'The pipeline may be the cause: The preprocessing changed on 19 Nov 2026, 12:00 UTC',
    );
  });

  it('says which answers came from another file than the reference, or from two side by side', () => {
    const part = { part: 'variant', from: '2026-11-19T00:00:00Z' };
    const { pipeline, summary } = report(portraits('same', 1204), {
      manifest: { ...manifestOf(['a', 'b']), served: 'int8' },
      fingerprints: [
        { ...part, value: 'int8', records: 1200, to: '2026-11-19T20:00:00Z' },
        { ...part, value: 'fp32', records: 4, from: '2026-11-19T08:00:00Z', to: '2026-11-19T09:00:00Z' },
      ],
    });
    expect(pipeline.changes).toEqual([
      'From 19 Nov 2026, 08:00 UTC on the model file was not one: int8 (1,200 records) beside fp32 (4 records).',
      '4 records came from the model file fp32; the reference was made with int8.',
    ]);
    expect(summary).not.toContain('pipeline');
  });

  it('draws a time line with a point for each hour, of quiet ones too', () => {
    const records = portraits('hours', 960, {
      hours: 24,
      also: (row, i) => {
        // From noon on, but nobody asks between 20 and 22 h.
        if (i % 24 >= 12) darker(row);
      },
    }).filter(({ hour }) => hour! < 20 || hour! >= 22);
    const { timeline, features } = report(records);
    expect(features[0]!.feature).toBe('image.brightness');
    expect(timeline).toHaveLength(24);
    expect(timeline[13]).toMatchObject({
      from: '2026-11-19T13:00:00.000Z',
      to: '2026-11-19T14:00:00.000Z',
      records: 40,
    });
    expect(timeline[21]).toMatchObject({
      records: 0,
      effects: { 'image.brightness': null },
      meanConfidence: null,
    });
    const effect = (hour: number) => timeline[hour]!.effects['image.brightness']!;
    expect(effect(13)).toBeGreaterThan(2 * effect(3));
    expect(timeline[13]!.meanConfidence).toBeGreaterThan(0.5);
  });

  it('draws days where the window is long, and at most 200 points', () => {
    const window = { from: '2026-08-20T05:00:00.000Z', to: '2026-11-20T05:00:00.000Z' };
    const { timeline } = report(portraits('long', 920, { hours: 92 * 24 }), { window });
    expect(timeline).toHaveLength(93);
    expect(timeline[0]).toMatchObject({ from: window.from, to: '2026-08-21T00:00:00.000Z' });
    expect(timeline.at(-1)!.to).toBe(window.to);
    expect(timeline.reduce((sum, point) => sum + point.records, 0)).toBe(920);
  });

  it('tells what is usual for these hours from what is not', () => {
    const earlier = (seed: string, day: string, also?: typeof darker) =>
      countsOf(portraits(seed, 400, also ? { also } : {}), {
        reference,
        window: { from: `${day}T00:00:00.000Z`, to: `${day}T24:00:00.000Z`.replace('T24', 'T23') },
      });
    const nights = [earlier('w1', '2026-11-12', darker), earlier('w2', '2026-11-05', darker)];
    const usual = report(portraits('night', 600, { also: darker }), { season: nights });
    expect(usual.verdict).toBe('drifted');
    expect(usual.seasonal).toMatchObject({ verdict: 'stable', records: 800 });
    expect(usual.seasonal!.summary).toBe(
      'As usual for these hours: no feature differs from the same hours of 2 earlier weeks.',
    );
    const unusual = report(portraits('day', 600), { season: nights });
    expect(unusual.verdict).toBe('stable');
    expect(unusual.seasonal!.summary).toBe(
      'Unusual for these hours: against the same hours of 2 earlier weeks, brightness +1.4σ: brighter.',
    );
  });

  it('is the same report for the same window, but for the time it took', () => {
    const records = portraits('again', 300, { also: darker });
    const [a, b] = [report(records), report(records)].map(({ cost: _, ...rest }) => rest);
    expect(a).toEqual(b);
  });
});
