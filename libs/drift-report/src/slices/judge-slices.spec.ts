import type { FrozenReference } from '@assay/drift-statistics';
import { sliceReport, type RecordSample } from '@assay/schema';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeWindow, referenceOf, referenceSampleOf, type MadeRecord } from '../spec-support/make-window.ts';
import { portraits, rowsOf } from '../spec-support/portraits.ts';
import { judgeSlices } from './judge-slices.ts';

describe('judgeSlices', () => {
  let reference: FrozenReference;
  const known = portraits('reference', 2000);
  beforeAll(async () => {
    reference = await referenceOf(rowsOf(known));
  });
  const judge = (records: readonly MadeRecord[], withSample = false, level = 0.05) =>
    judgeSlices(
      makeWindow(records, {
        reference,
        ...(withSample ? { referenceSample: referenceSampleOf(rowsOf(known)) } : {}),
      }),
      { level },
    ).map((slice) => sliceReport.parse(slice));

  it('finds the client whose images are dark, and what sets it apart', () => {
    const records = portraits('clients', 1200, {
      slices: (i) => [`client=${['shop', 'bank', 'post'][i % 3]!}`],
      also: (row, i) => {
        if (i % 3 === 1) row['image.brightness'] = Number(row['image.brightness']) - 30;
      },
    });
    const [first, ...others] = judge(records);
    expect(first).toMatchObject({
      ...{
        dimension: 'client',
        value: 'bank',
        records: 400,
        verdict: 'drifted',
        feature: 'image.brightness',
      },
      apart: { feature: 'image.brightness' },
    });
    expect(first!.direction).toMatch(/darker$/);
    expect(others.map(({ value, verdict }) => [value, verdict])).toEqual(
      expect.arrayContaining([
        ['shop', 'stable'],
        ['post', 'stable'],
      ]),
    );
  });

  it('does not call a slice drifted for what defines it', () => {
    const records = portraits('formats', 900, {
      slices: (i) => [i % 2 === 0 ? 'format=png' : 'format=jpeg'],
      also: (row, i) => (row['image.format'] = i % 2 === 0 ? 'png' : 'jpeg'),
    });
    expect(judge(records, true).map(({ verdict }) => verdict)).toEqual(['stable', 'stable']);
  });

  it('compares what was predicted alike only with inputs that were predicted so', () => {
    const byClass = (row: Record<string, number | string | null>) => {
      // Without any drift one class is darker than the other.
      if (row.prediction === 'authentic') row['image.contrast'] = Number(row['image.contrast']) - 20;
    };
    const classes = portraits('classes', 2000, { also: byClass });
    const records = portraits('now', 900, { also: byClass }).map((record) => ({
      ...record,
      slices: [`prediction=${String(record.row.prediction)}`],
    }));
    return referenceOf(rowsOf(classes)).then((own) => {
      const verdicts = (withSample: boolean) =>
        judgeSlices(
          makeWindow(records, {
            reference: own,
            ...(withSample ? { referenceSample: referenceSampleOf(rowsOf(classes)) } : {}),
          }),
          { level: 0.05 },
        ).map(({ verdict }) => verdict);
      expect(verdicts(true)).toEqual(['stable', 'stable']);
      expect(verdicts(false)).toEqual(['insufficient-data', 'insufficient-data']);
    });
  });

  it('compares images of one size with inputs of that size', async () => {
    const bySize = (row: Record<string, number | string | null>, i: number) => {
      // Without any drift small images are sharper.
      row['image.area'] = i % 2 === 0 ? 10_000 + i : 4_000_000 + i;
      if (i % 2 === 0) row['image.sharpness'] = 0.1 + Number(row['image.sharpness']);
    };
    const sizes = portraits('sizes', 1000, { also: bySize });
    const own = await referenceOf(rowsOf(sizes));
    const records = portraits('now', 800, {
      also: bySize,
      slices: (i) => [i % 2 === 0 ? 'size=small' : 'size=large'],
    });
    const verdicts = (referenceSample?: RecordSample) =>
      judgeSlices(makeWindow(records, { reference: own, ...(referenceSample ? { referenceSample } : {}) }), {
        level: 0.05,
      }).map(({ verdict }) => verdict);
    expect(verdicts(referenceSampleOf(rowsOf(sizes)))).toEqual(['stable', 'stable']);
    expect(verdicts()).toEqual(['insufficient-data', 'insufficient-data']);
  });

  it('keeps the false discoveries of many slices low', () => {
    let drifted = 0;
    for (let seed = 0; seed < 4; seed++)
      drifted += judge(portraits(`many ${seed}`, 3000, { slices: (i) => [`hour=${i % 24}`] })).filter(
        ({ verdict }) => verdict === 'drifted',
      ).length;
    // 96 slices without drift.
    expect(drifted).toBeLessThanOrEqual(2);
  });

  it('says that a slice is too small, and has an answer for none at all', () => {
    expect(judge(portraits('tiny', 5, { slices: () => ['size=≥ 1 MP'] }))).toMatchObject([
      { dimension: 'size', value: '≥ 1 MP', records: 5, verdict: 'insufficient-data' },
    ]);
    expect(judge([])).toEqual([]);
    expect(judge(portraits('spent', 500, { slices: () => ['client=a'] }), false, 0)).toMatchObject([
      { verdict: expect.not.stringContaining('drifted') },
    ]);
  });

  it('lists sixty slices at the most', () => {
    expect(judge(portraits('lots', 400, { slices: (i) => [`client=c${i % 100}`] }))).toHaveLength(60);
  });
});
