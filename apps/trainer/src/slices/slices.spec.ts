import { describe, expect, it } from '@jest/globals';
import type { PreprocessingSpec } from '@assay/schema';
import fc from 'fast-check';
import { binaryScores, weightedOracle } from '../metrics/oracle.fixture.ts';
import { bucketsOf } from './buckets.ts';
import { falseDiscoveryRates } from './false-discovery-rate.ts';
import { fisherExact } from './fisher-exact.ts';
import { checkSlices } from './input-properties.ts';
import { measureSlices } from './measure-slices.ts';

describe("Fisher's exact test", () => {
  it.each(weightedOracle.tests.fisher)('of [[%d, %d], [%d, %d]] is %d, as in SciPy', (a, b, c, d, p) => {
    expect(fisherExact(a, b, [c, d])).toBeCloseTo(p, 10);
  });

  it('is between 0 and 1 and the same with rows and columns exchanged', () => {
    const count = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const p = fisherExact(a, b, [c, d]);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(fisherExact(c, d, [a, b])).toBeCloseTo(p, 9);
        expect(fisherExact(a, c, [b, d])).toBeCloseTo(p, 9);
      }),
    );
  });
});

describe('the false discovery rate', () => {
  it('is that of Benjamini and Hochberg, in the order given', () => {
    const { p, q } = weightedOracle.tests.benjaminiHochberg;
    falseDiscoveryRates(p).forEach((rate, index) => expect(rate).toBeCloseTo(q[index]!, 12));
    expect(falseDiscoveryRates([])).toEqual([]);
  });
});

describe('buckets', () => {
  it('are the values where they are few, and quarters of the rows where they are many', () => {
    expect(bucketsOf(['png', 'jpeg', 'jpeg'])).toEqual([
      { name: 'jpeg', rows: [1, 2] },
      { name: 'png', rows: [0] },
    ]);
    const quarters = bucketsOf([8, 7, 6, 5, 4, 3, 2, 1]);
    expect(quarters.map(({ rows }) => rows)).toEqual([
      [6, 7],
      [4, 5],
      [2, 3],
      [0, 1],
    ]);
    expect(quarters[0]!.name).toBe('1 – 2.75');
  });

  it('hold each row with a value once, whatever the ties', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined })), (values) => {
        const rows = bucketsOf(values).flatMap((bucket) => bucket.rows);
        const known = values.flatMap((value, row) => (value === undefined ? [] : [row]));
        const isConstant = new Set(known.map((row) => values[row])).size < 2;
        expect(rows.sort((a, b) => a - b)).toEqual(isConstant ? [] : known);
      }),
    );
  });
});

describe('slices', () => {
  it('find the format on which a model fails, and no other', () => {
    const rows = 200;
    const format = Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 'png' : 'jpeg'));
    const brightness = Array.from({ length: rows }, (_, row) => (row * 37) % 100);
    // Of the PNG images half are wrong, of the others one in thirty.
    const right = format.map((name, row) => (name === 'png' ? row % 8 !== 0 : row % 30 !== 1));
    const scores = binaryScores(
      right.map((isRight) => (isRight ? 0.9 : 0.1)),
      right.map(() => 1),
    );
    const slices = measureSlices(scores, [
      { name: 'format', values: format },
      { name: 'brightness', values: brightness },
    ]);
    expect(slices).toHaveLength(6);
    const png = slices.find(({ bucket }) => bucket === 'png')!;
    expect(png).toMatchObject({ property: 'format', rows: 50, accuracy: { value: 0.5 } });
    expect(png.elsewhere).toBeCloseTo(right.filter((one, row) => one && format[row] === 'jpeg').length / 150);
    expect(png.accuracy.interval![0]).toBeGreaterThan(0.36);
    expect(png.q).toBeLessThan(1e-6);
    for (const { property, q, p } of slices) {
      expect(q).toBeGreaterThanOrEqual(p);
      if (property === 'brightness') expect(q).toBeGreaterThan(0.05);
    }
  });

  it('are asked for by names that exist', () => {
    const image = { kind: 'image' } as PreprocessingSpec;
    expect(() => checkSlices(['size', 'jpegQuality'], image)).not.toThrow();
    expect(() => checkSlices(['colour'], image)).toThrow('"colour" cannot be sliced by; there are: size,');
    const table = { kind: 'tabular', features: [{ name: 'alcohol' }] } as PreprocessingSpec;
    expect(() => checkSlices(['alcohol'], table)).not.toThrow();
    expect(() => checkSlices(['size'], table)).toThrow('there are: alcohol');
  });
});
