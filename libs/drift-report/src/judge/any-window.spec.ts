import { driftReportSchema, parityReport } from '@assay/schema';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parityWithEvidently } from '../parity/parity-with-evidently.ts';
import { makeWindow, referenceOf, referenceSampleOf } from '../spec-support/make-window.ts';
import { portraits, rowsOf } from '../spec-support/portraits.ts';
import { makeDriftReport } from './make-drift-report.ts';

const now = new Date('2026-11-20T00:10:00Z');

describe('a drift report of any window', () => {
  it('has a report for whatever lies in the log', async () => {
    const cell = fc.oneof(
      fc.constantFrom<number | string | null>(
        null,
        NaN,
        Infinity,
        -Infinity,
        0,
        -1e300,
        1e300,
        '',
        '__proto__',
        'jpeg',
      ),
      fc.double(),
      fc.string(),
    );
    const columns = [
      'image.brightness',
      'image.width',
      'image.format',
      'prediction',
      'confidence',
      'embedding.0',
      'embedding.1',
    ];
    const small = await referenceOf(rowsOf(portraits('small', 40)));
    const row = fc.record(Object.fromEntries(columns.map((name) => [name, cell])), { requiredKeys: [] });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.boolean(), (rows, withSample) => {
        const window = makeWindow(
          // Confidences of a log are shares.
          rows.map(({ confidence: _, ...rest }, i) => ({
            row: { ...rest, ...(i % 3 === 0 ? {} : { confidence: i / 30 }) },
            hour: i % 24,
            slices: ['client=a=b', `prediction=${String(rest.prediction)}`],
          })),
          { reference: small, ...(withSample ? { referenceSample: referenceSampleOf(rows) } : {}) },
        );
        const made = makeDriftReport(window, { alpha: { level: 0.05, budget: 0.05 }, now });
        driftReportSchema.parse(JSON.parse(JSON.stringify(made)));
        parityReport.parse(parityWithEvidently(window, made));
      }),
      { numRuns: 25 },
    );
  });

  it('stays below 2 MB for 1,000 labels with long names', async () => {
    const labels = Array.from({ length: 1000 }, (_, i) => `species ${i} ${'of some family '.repeat(6)}`);
    const many = (seed: string, count: number, shift: number) =>
      portraits(seed, count, {
        also: (row, i) => {
          row.prediction = labels[(i * 7 + shift) % 1000]!;
          for (const [k, label] of labels.entries())
            row[`score.${label}`] = ((i * 31 + k * 17 + shift) % 997) / 997;
        },
        slices: (i) => [`prediction=${labels[i % 40]!}`, `client=shop ${i % 20}`],
      });
    const known = await referenceOf(rowsOf(many('reference', 60, 0)));
    const window = makeWindow(many('window', 80, 500), { reference: known });
    const made = makeDriftReport(window, { alpha: { level: 0.05, budget: 0.05 }, now });
    driftReportSchema.parse(made);
    expect(made.features.length).toBeGreaterThan(900);
    expect(Buffer.byteLength(JSON.stringify(made))).toBeLessThan(2_000_000);
    const names = made.features.find(({ feature }) => feature === 'prediction')!.histogram;
    expect(names?.kind === 'categorical' && names.names).toHaveLength(31);
  });
});
