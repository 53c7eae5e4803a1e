import type { FrozenReference } from '@assay/drift-statistics';
import { evidenceRecord } from '@assay/schema';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { judgeFeatures } from '../judge/judge-features.ts';
import { makeWindow, referenceOf, referenceSampleOf, type MadeRecord } from '../spec-support/make-window.ts';
import { portraits, rowsOf } from '../spec-support/portraits.ts';
import { combineRatios } from './combine-ratios.ts';
import { logLikelihoodRatio } from './log-likelihood-ratio.ts';
import { typicalRecords } from './typical-records.ts';

describe('typicalRecords', () => {
  let reference: FrozenReference;
  const known = portraits('reference', 1000);
  beforeAll(async () => {
    reference = await referenceOf(rowsOf(known));
  });
  const evidenceOf = (records: readonly MadeRecord[], withSample: boolean) => {
    const window = makeWindow(records, {
      reference,
      ...(withSample ? { referenceSample: referenceSampleOf(rowsOf(known)) } : {}),
      images: new Map([['record 0', 'inputs/ab/cd']]),
    });
    const { features } = judgeFeatures(reference, window.profile, { alpha: 0.05 });
    return typicalRecords(window, features).map((record) => evidenceRecord.parse(record));
  };
  // Every tenth record is dark and blurred; by its number it is known again.
  const mixed = portraits('mixed', 600, {
    also: (row, i) => {
      if (i % 10 !== 0) return;
      row['image.brightness'] = 5 + i / 1000;
      row['image.sharpness'] = 1e-5;
    },
  });

  it.each([true, false])(
    'shows the records that came from elsewhere (inputs of the reference known: %p)',
    (withSample) => {
      const evidence = evidenceOf(mixed, withSample);
      expect(evidence).toHaveLength(20);
      for (const { id, typicality, reasons, values } of evidence) {
        expect(Number(id.slice('record '.length)) % 10).toBe(0);
        expect(typicality).toBeGreaterThan(0.9);
        expect(reasons.join('; ')).toMatch(
          /brightness 5(\.\d+)? \(reference: 1[12]\d(\.\d)? ± (29|30|31)(\.\d)?\)/,
        );
        expect(values['image.brightness']).toBeGreaterThanOrEqual(5);
      }
      expect(evidence.map(({ typicality }) => typicality)).toEqual(
        evidence.map(({ typicality }) => typicality).sort((a, b) => b - a),
      );
      expect(evidence.find(({ id }) => id === 'record 0')?.image ?? 'inputs/ab/cd').toBe('inputs/ab/cd');
    },
  );

  it('shows nothing where nothing drifted, and nothing of an empty window', () => {
    expect(evidenceOf(portraits('same', 300), true)).toEqual([]);
    expect(evidenceOf([], true)).toEqual([]);
  });

  it('shows the same input once, however often it came', () => {
    const dark = portraits('dark', 1, { also: (row) => (row['image.brightness'] = 5) })[0]!;
    const evidence = evidenceOf([...portraits('light', 300), ...Array<MadeRecord>(100).fill(dark)], false);
    expect(evidence.filter(({ values }) => values['image.brightness'] === 5)).toHaveLength(1);
  });
});

describe('logLikelihoodRatio', () => {
  it('is the logarithm of the ratio of two smoothed shares', async () => {
    const reference = await referenceOf([...Array(90).fill({ f: 'jpeg' }), ...Array(10).fill({ f: 'png' })]);
    const ratio = logLikelihoodRatio(reference.features.f!, {
      kind: 'categorical',
      missing: 0,
      counts: { jpeg: 10, png: 40 },
    });
    // Three bins, two names and none: (40.5 / 51.5) / (10.5 / 101.5).
    expect(ratio('png')).toBeCloseTo(Math.log(40.5 / 51.5 / (10.5 / 101.5)), 12);
    expect(ratio('jpeg')).toBeLessThan(0);
    expect(ratio(null)).toBeCloseTo(Math.log(0.5 / 51.5 / (0.5 / 101.5)), 12);
  });
});

describe('combineRatios', () => {
  it('adds up independent ratios, and counts copies of one once', () => {
    // All four combinations: no correlation; then the second is a copy.
    const independent = [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ];
    const copied = [
      [1, 1],
      [-1, -1],
    ];
    const logistic = (score: number) => 1 / (1 + Math.exp(-score));
    expect(combineRatios(undefined, independent)([2, 1])).toBeCloseTo(logistic(3), 12);
    expect(combineRatios(undefined, copied)([2, 2])).toBeCloseTo(logistic(2), 12);
  });
});
