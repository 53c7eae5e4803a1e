import { describe, expect, it } from '@jest/globals';
import { readReferenceProfile } from '../profiles/frozen-reference.ts';
import type { FeatureRow } from '../profiles/profile-records.ts';
import { profileOf } from '../spec-support/world.ts';
import { judgeWindow } from './judge-window.ts';

describe('judgeWindow of strange columns', () => {
  const constant = { kind: 'numeric', count: 400, missing: 0, deviation: 0 };
  const names = Array.from({ length: 300 }, (_, i) => [`name ${i}`, 2] as const);
  // As text: in an object literal `__proto__` would not be a name.
  const content = JSON.stringify({
    schemaVersion: 1,
    inputs: 600,
    features: {
      number: {
        ...{ kind: 'numeric', count: 400, missing: 0, mean: 2.5, deviation: 1.1, minimum: 1, maximum: 4 },
        ...{ edges: [2, 3, 4], counts: [100, 100, 100, 100] },
      },
      three: { ...constant, mean: 3, minimum: 3, maximum: 3, edges: [3, 3.00001], counts: [0, 400, 0] },
      unbinned: { ...constant, mean: 3, minimum: 3, maximum: 3, edges: [], counts: [400] },
      single: { ...constant, count: 1, mean: 3, minimum: 3, maximum: 3, edges: [3], counts: [0, 1] },
      words: { kind: 'categorical', count: 400, missing: 0, counts: { PROTO: 300, constructor: 100 } },
      alike: { kind: 'categorical', count: 400, missing: 0, counts: { a: 400 } },
      many: { kind: 'categorical', count: 600, missing: 0, counts: Object.fromEntries(names) },
    },
  }).replace('PROTO', '__proto__');
  const judge = async (rows: readonly FeatureRow[]) => {
    const reference = await readReferenceProfile(JSON.parse(content));
    const verdict = judgeWindow(reference, profileOf(reference, rows));
    const drifted = verdict.features.filter((one) => one.verdict === 'drifted');
    return { ...verdict, drifted: drifted.map(({ feature, aspect }) => `${feature} ${aspect}`).sort() };
  };
  const rows = (count: number, row: (i: number) => FeatureRow) =>
    Array.from({ length: count }, (_, i) => row(i));
  const usual = (i: number): FeatureRow => ({
    ...{ number: 1.5 + (i % 4), three: 3, unbinned: 3, single: 3, alike: 'a', many: `name ${i % 300}` },
    words: i % 4 === 0 ? 'constructor' : '__proto__',
  });

  it('is stable where nothing changed', async () => {
    expect(await judge(rows(600, usual))).toMatchObject({ verdict: 'stable', drifted: [] });
  });

  it('keeps a name that every object has', async () => {
    const { features: found } = await judge(rows(200, (i) => ({ ...usual(i), words: '__proto__' })));
    expect(found[0]).toMatchObject({ feature: 'words', direction: '__proto__ 75 % → 100 %' });
  });

  it.each([
    ['no record', [], 'insufficient-data'],
    ['one record', [usual(0)], 'insufficient-data'],
    ['one record of other things', [{ number: -1e300, three: 0, words: 'toString' }], 'insufficient-data'],
  ] as const)('of %s says something, but not that the world has drifted', async (_name, window, verdict) => {
    const judged = await judge([...window]);
    expect(judged.features.filter(({ aspect }) => aspect === 'values')).toHaveLength(7);
    expect(judged.features.some(({ direction }) => direction.includes('NaN'))).toBe(false);
    expect(judged.features.every((one) => one.aspect === 'missing' || one.verdict === verdict)).toBe(true);
  });

  it('sees every column empty, each for itself', async () => {
    const empty = { number: NaN, three: null, unbinned: 'text', alike: null, words: null, many: NaN };
    const { drifted } = await judge(rows(100, () => ({ ...empty, single: undefined })));
    const missing = ['alike', 'many', 'number', 'three', 'unbinned', 'words'].map(
      (name) => `${name} missing`,
    );
    expect(drifted).toEqual(expect.arrayContaining(missing));
    expect(drifted.filter((one) => one.endsWith('values'))).toEqual([]);
  });

  it('takes ±∞ for missing', async () => {
    const { drifted } = await judge(
      rows(100, (i) => ({ ...usual(i), number: i % 2 ? Infinity : -Infinity })),
    );
    expect(drifted).toEqual(['number missing']);
  });

  it('sees columns become constant and constants change, names that are new and names that are gone', async () => {
    const { drifted } = await judge(
      rows(200, (i) => ({
        ...{ number: 2.5, three: 4, unbinned: 2, single: 3, alike: 'b', many: `other ${i}` },
        words: 'hasOwnProperty',
      })),
    );
    const changed = ['alike', 'many', 'number', 'three', 'unbinned', 'words'].map((name) => `${name} values`);
    expect(drifted).toEqual(changed);
  });

  it('sees values farther away than numbers reach', async () => {
    const { features: found } = await judge(rows(100, (i) => ({ ...usual(i), number: 1e308 })));
    expect(found[0]).toMatchObject({ feature: 'number', direction: '+64σ: higher' });
  });
});
