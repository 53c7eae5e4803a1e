import { kolmogorovSmirnov, type FrozenReference } from '@assay/drift-statistics';
import { parityReport } from '@assay/schema';
import { describe, expect, it } from '@jest/globals';
import { makeDriftReport } from '../judge/make-drift-report.ts';
import { makeWindow, referenceOf, referenceSampleOf, type MadeRecord } from '../spec-support/make-window.ts';
import { portraits, rowsOf } from '../spec-support/portraits.ts';
import { parityWithEvidently } from './parity-with-evidently.ts';

describe('parityWithEvidently', () => {
  const compare = (
    records: readonly MadeRecord[],
    known: readonly MadeRecord[],
    reference: FrozenReference,
    values = true,
  ) => {
    const window = makeWindow(records, {
      reference,
      ...(values ? { referenceSample: referenceSampleOf(rowsOf(known)) } : {}),
    });
    const report = makeDriftReport(window, { alpha: { level: 0.05, budget: 0.05 }, now: new Date(0) });
    return { parity: parityReport.parse(parityWithEvidently(window, report)), report };
  };

  it('tests by p-value up to 1,000 inputs, on the very values where they are kept', async () => {
    const known = portraits('reference', 500);
    const records = portraits('window', 200);
    const { parity } = compare(records, known, await referenceOf(rowsOf(known)));
    const column = (name: string) => parity.columns.find(({ feature }) => feature === name)!;
    const values = (from: readonly MadeRecord[]) => from.map(({ row }) => Number(row['image.brightness']));
    expect(column('image.brightness')).toMatchObject({ test: 'Kolmogorov–Smirnov p-value', threshold: 0.05 });
    expect(column('image.brightness').score).toBeCloseTo(
      kolmogorovSmirnov(values(known), values(records)).pValue,
      10,
    );
    // Two names: a z-test; a constant cannot differ.
    expect(column('image.format').test).toBe('Z-test p-value');
    expect(column('image.width')).toMatchObject({ test: 'Z-test p-value', score: 1, drifted: false });
    expect(parity.driftShareLimit).toBe(0.5);
  });

  it('measures distances beyond 1,000 inputs, which small windows cross by chance, and says so', async () => {
    const known = portraits('reference', 3000);
    const { parity, report } = compare(
      portraits('window', 40),
      known,
      await referenceOf(rowsOf(known)),
      false,
    );
    const brightness = parity.columns.find(({ feature }) => feature === 'image.brightness')!;
    expect(brightness).toMatchObject({ test: 'Wasserstein distance (normed), from bins', threshold: 0.1 });
    expect(parity.verdict).toBe('drifted');
    expect(report.verdict).not.toBe('drifted');
    const loud = parity.columns.filter(({ drifted }) => drifted);
    expect(loud.length).toBeGreaterThan(5);
    for (const { why } of loud)
      expect(why).toMatch(/chance alone reaches|no test says that it is more than chance/);
  });

  it('sleeps through one column of many, and says why that is no comfort', async () => {
    const known = portraits('reference', 2000);
    const dark = portraits('dark', 1000, {
      also: (row) => (row['image.brightness'] = Number(row['image.brightness']) - 60),
    });
    const { parity, report } = compare(dark, known, await referenceOf(rowsOf(known)), false);
    expect(report.verdict).toBe('drifted');
    expect(parity.verdict).toBe('stable');
    expect(parity.columns.find(({ feature }) => feature === 'image.brightness')).toMatchObject({
      drifted: true,
      verdict: 'drifted',
    });
  });

  it('has no opinion on an empty window, and does not throw', async () => {
    const known = portraits('reference', 300);
    const { parity } = compare([], known, await referenceOf(rowsOf(known)));
    expect(parity.verdict).toBe('stable');
    expect(parity.columns.every(({ score, drifted }) => (score === null || score === 1) && !drifted)).toBe(
      true,
    );
  });
});
