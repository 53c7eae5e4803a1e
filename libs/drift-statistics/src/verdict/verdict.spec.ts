import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FrozenReference } from '../profiles/frozen-reference.ts';
import { drawRows, makeReference, profileOf, type Change } from '../spec-support/world.ts';
import { spendAlpha, type SpendingState } from './alpha-spending.ts';
import { categoricalPValue, groupRare, pairCategories } from './categorical-evidence.ts';
import { detectableShares, detectableShift } from './detectable-effect.ts';
import { describeCategories, describeShift } from './direction.ts';
import { judgeWindow, type WindowVerdict } from './judge-window.ts';
import { nullEffect } from './null-effect.ts';

describe('judgeWindow', () => {
  let reference: FrozenReference;
  const cache = new Map<string, number>();
  beforeAll(async () => {
    reference = await makeReference('a', 3000);
  });

  const judge = (seed: string, count: number, change?: Change): WindowVerdict =>
    judgeWindow(reference, profileOf(reference, drawRows(seed, count, change)), { cache });

  it('calls a window of the same world stable, at 300 as at 6,000 records', () => {
    for (const count of [300, 6000]) expect(judge(`same ${count}`, count).verdict).toBe('stable');
  });

  it('finds one feature of ten that moved, says which and in which direction, and ranks it first', () => {
    const { verdict, features: found } = judge('moved', 50, { shift: { 'feature.f3': -2 } });
    expect(verdict).toBe('drifted');
    expect(found[0]).toMatchObject({ feature: 'feature.f3', aspect: 'values', verdict: 'drifted' });
    expect(found[0]!.direction).toMatch(/^−[12]\.\dσ: lower$/);
    expect(found.filter((one) => one.verdict === 'drifted')).toHaveLength(1);
  });

  it('calls 0.08σ at 6,000 records no drift, although it is significant', () => {
    const { verdict, features: found } = judge('trifle', 6000, { shift: { 'feature.f0': 0.08 } });
    const one = found.find(({ feature }) => feature === 'feature.f0')!;
    expect(one.adjusted).toBeLessThan(0.05);
    expect(one.effect).toBeLessThan(one.threshold);
    expect(verdict).toBe('stable');
  });

  it('says of 20 records that they are too few, how many more it takes, and what it could have seen', () => {
    const { verdict, moreNeeded, features: found } = judge('few', 20);
    expect(verdict).toBe('insufficient-data');
    expect(moreNeeded).toBeGreaterThan(20);
    expect(moreNeeded).toBeLessThan(100);
    expect(found[0]!.detectable).toBeGreaterThan(0.5);
    // So many more are enough.
    expect(judge('enough', 20 + moreNeeded!).verdict).toBe('stable');
  });

  it('asks for more than chance where few records were drawn: the threshold falls with their number to the floor', () => {
    const threshold = (count: number) =>
      judge('threshold', count).features.find(({ feature }) => feature === 'feature.f1')!.threshold;
    const [few, more, many] = [threshold(20), threshold(200), threshold(5000)];
    expect(few).toBeGreaterThan(0.3);
    expect(more).toBeGreaterThan(0.1);
    expect(more).toBeLessThan(few);
    expect(many).toBe(0.1);
  });

  it.each([
    [
      'a format that was never seen',
      (row: Record<string, unknown>) => (row.format = 'avif'),
      'format',
      /avif 0 % → 100 %/,
    ],
    [
      'a column that is empty',
      (row: Record<string, unknown>) => (row['feature.f5'] = NaN),
      'feature.f5',
      /^missing 0 % → 100 %$/,
    ],
    [
      'a wider spread',
      (row: Record<string, unknown>) => (row['feature.f2'] = 3 * (row['feature.f2'] as number)),
      'feature.f2',
      /times the spread/,
    ],
    ['a constant', (row: Record<string, unknown>) => (row['feature.f2'] = 0), 'feature.f2', /more alike/],
    [
      'values far beyond the range',
      (row: Record<string, unknown>) => (row['feature.f2'] = 1e9),
      'feature.f2',
      /^\+\d+σ: higher$/,
    ],
  ])('finds %s', (_name, also, feature, direction) => {
    const { verdict, features: found } = judge('strange', 200, { also });
    expect(verdict).toBe('drifted');
    expect(found[0]!.feature).toBe(feature);
    expect(found[0]!.direction).toMatch(direction);
  });

  it('sees values leave a feature that was constant, and nothing where it stays so', async () => {
    const constant: Change = { also: (row) => (row['feature.f0'] = 1) };
    const fixed = await makeReference('constant', 2000, constant);
    const of = (change: Change) =>
      judgeWindow(fixed, profileOf(fixed, drawRows('constant', 400, change)), { cache }).features.find(
        ({ feature }) => feature === 'feature.f0',
      )!;
    expect(of(constant)).toMatchObject({ verdict: 'stable', effect: 0, measure: 'share' });
    expect(of({ also: (row) => (row['feature.f0'] = 1.5) })).toMatchObject({ verdict: 'drifted', effect: 1 });
  });

  it('judges an empty window, and one without any feature, without a word about drift', () => {
    const empty = judge('empty', 0);
    expect(empty).toMatchObject({ verdict: 'insufficient-data', records: 0 });
    const bare = { ...profileOf(reference, []), features: {} };
    expect(judgeWindow(reference, bare)).toMatchObject({ verdict: 'insufficient-data', features: [] });
  });

  it('judges a single record', () => {
    expect(judge('single', 1).verdict).toBe('insufficient-data');
  });

  it('refuses a window that was counted in other bins', () => {
    const other = { ...profileOf(reference, []), reference: 'f'.repeat(64) };
    expect(() => judgeWindow(reference, other)).toThrow('ffffffffffff. Count it again.');
  });

  it('finds nothing at a level of 0', () => {
    const moved = profileOf(reference, drawRows('moved', 500, { shift: { 'feature.f3': 3 } }));
    expect(judgeWindow(reference, moved, { alpha: 0, cache }).verdict).not.toBe('drifted');
  });
});

describe('categories', () => {
  it('are lined up, whatever they are called', () => {
    expect(pairCategories({ b: 1, constructor: 2 }, { a: 3 })).toEqual({
      categories: ['a', 'b', 'constructor'],
      reference: [0, 1, 2],
      current: [3, 0, 0],
    });
  });

  it('are joined by their pooled counts until each group expects five in both samples', () => {
    const pair = { categories: ['a', 'b', 'c', 'd'], reference: [50, 30, 12, 8], current: [5, 4, 1, 0] };
    // 5 × 110 / 10 = 55 are needed.
    expect(groupRare(pair)).toEqual({ reference: [50, 50], current: [5, 5] });
    expect(groupRare({ ...pair, current: [50, 30, 12, 8] })).toEqual({
      reference: [50, 30, 12, 8],
      current: [50, 30, 12, 8],
    });
  });

  it('that are new and rare are seen by the exact test: 8 of 1,000 against none of 10,000', () => {
    const pair = { categories: ['a', 'new'], reference: [10_000, 0], current: [992, 8] };
    expect(categoricalPValue(pair)).toBeLessThan(1e-7);
  });

  it('that changed a little each are seen by the G-test', () => {
    const categories = Array.from({ length: 20 }, (_, i) => `c${i}`);
    const pair = {
      categories,
      reference: categories.map(() => 100),
      current: categories.map((_, i) => (i % 2 === 0 ? 60 : 140)),
    };
    expect(categoricalPValue(pair)).toBeLessThan(1e-5);
  });
});

describe('sensitivity', () => {
  const options = { reference: 10_000, current: 1000, level: 0.05, power: 0.8, worthSeeing: 0.5 };

  it('of a shift is the textbook’s at 0.045: (2.0047 + 0.8416) √(1/m + 1/n) / √(3/π)', () => {
    expect(detectableShift(options).effect).toBeCloseTo(
      (2.8463 * Math.sqrt(0.0011)) / Math.sqrt(3 / Math.PI),
      4,
    );
  });

  it('says how many values are enough, which then are', () => {
    const { valuesNeeded } = detectableShift({ ...options, current: 3 });
    expect(detectableShift({ ...options, current: valuesNeeded! }).effect).toBeLessThanOrEqual(0.5);
    expect(detectableShift({ ...options, current: valuesNeeded! - 1 }).effect).toBeGreaterThan(0.5);
  });

  it('says so where the reference itself is too small', () => {
    expect(detectableShift({ ...options, reference: 10 }).valuesNeeded).toBeUndefined();
  });

  it('of shares is Cohen’s: w = √(λ / n) with λ = 9.5046 at one degree of freedom and 0.025', () => {
    const { effect } = detectableShares(2, options);
    expect(effect).toBeCloseTo(Math.sqrt((9.5046 * 0.0011) / 8), 4);
  });
});

describe('nullEffect', () => {
  const difference = (a: Float64Array, b: Float64Array) =>
    Math.abs(a[0]! / (a[0]! + a[1]!) - b[0]! / (b[0]! + b[1]!));
  const options = { key: 'coin', sizes: [200, 200] as const, level: 0.95 };

  it('is the quantile of chance: 1.96 √(0.25 · 2 / 200) for a coin, within a tenth', () => {
    expect(Math.abs(nullEffect([1, 1], difference, options) / 0.098 - 1)).toBeLessThan(0.1);
  });

  it('shrinks with the root of the size beyond what is simulated', () => {
    const large = nullEffect([1, 1], difference, { ...options, sizes: [20_000, 20_000] });
    expect(Math.abs(large / 0.0098 - 1)).toBeLessThan(0.15);
  });

  it('repeats itself, and asks the cache first', () => {
    const known = new Map<string, number>();
    const first = nullEffect([1, 1], difference, { ...options, cache: known });
    expect(nullEffect([1, 1], difference, options)).toBe(first);
    expect([...known.values()]).toEqual([first]);
    known.set([...known.keys()][0]!, 42);
    expect(nullEffect([1, 1], difference, { ...options, cache: known })).toBe(42);
  });
});

describe('spendAlpha', () => {
  const hour = 3_600_000;
  const week = 168 * hour;

  it('gives 168 hourly looks equal parts of the budget', () => {
    let state: SpendingState | undefined;
    const parts: number[] = [];
    for (let k = 1; k <= 168; k++) {
      const look = spendAlpha(state, { window: `hour ${k}`, at: 50 * week + k * hour });
      parts.push(look.alpha);
      ({ state } = look);
    }
    for (const part of parts) expect(part).toBeCloseTo(0.05 / 168, 12);
  });

  it('never spends more than the budget in a period, however often somebody looks', () => {
    let state: SpendingState | undefined;
    let spent = 0;
    for (let k = 0; k < 500; k++) {
      const at = 50 * week + (1 + ((k * 37) % 168)) * hour;
      const look = spendAlpha(state, { window: `look ${k}`, at });
      ({ state } = look);
      spent += look.alpha;
    }
    expect(spent).toBeLessThanOrEqual(0.05 + 1e-12);
  });

  it('gives a window that is judged again its level again, and charges nothing', () => {
    const first = spendAlpha(undefined, { window: 'a', at: 50.5 * week });
    const again = spendAlpha(first.state, { window: 'a', at: 50.9 * week });
    expect(again.alpha).toBe(first.alpha);
    expect(again.state).toBe(first.state);
  });

  it('starts anew with a period', () => {
    const late = spendAlpha(undefined, { window: 'a', at: 51 * week });
    expect(late.alpha).toBeCloseTo(0.05, 12);
    expect(spendAlpha(late.state, { window: 'b', at: 51.5 * week }).alpha).toBeCloseTo(0.025, 12);
  });

  it('refuses a budget of 0', () => {
    expect(() => spendAlpha(undefined, { window: 'a', at: 0, budget: 0 })).toThrow('got 0 and 168');
  });
});

describe('words', () => {
  it.each([
    ['image.brightness', { mean: -1.42, spread: 1, effect: 1.42 }, '−1.4σ: darker'],
    ['image.sharpness', { mean: -0.8, spread: 0.7, effect: 0.8 }, '−0.8σ: blurrier'],
    ['feature.alcohol', { mean: 12.3, spread: 1, effect: 12.3 }, '+12σ: higher'],
    ['feature.alcohol', { mean: 0.01, spread: 2, effect: 0.6 }, '2.0 times the spread'],
    ['feature.alcohol', { mean: 0, spread: 1, effect: 0.3 }, 'another shape, about the same mean and spread'],
  ])('of %s %p: %s', (feature, shift, said) => {
    expect(describeShift(feature, shift)).toBe(said);
  });

  it('of categories tell the largest change and what is new', () => {
    const pair = { categories: ['avif', 'jpeg', 'png'], reference: [0, 91, 9], current: [5, 55, 40] };
    expect(describeCategories(pair)).toBe('jpeg 91 % → 55 %; never seen before: avif');
  });
});
