import { seededRandom } from '@assay/random';
import { describe, expect, it } from '@jest/globals';
import { judgeFamily } from './judge-family.ts';
import type { Evidence } from './judge-feature.ts';
import { pointsEvidence } from './points-evidence.ts';

const evidence = (feature: string, pValue: number, effect = 0.5): Evidence => ({
  ...{ feature, aspect: 'values', reference: 100, current: 100, pValue, measure: 'wasserstein', effect },
  direction: '',
  chance: () => 0.2,
  sensitivity: ({ level }) => ({ effect: level < 0.02 ? 0.6 : 0.4, valuesNeeded: level < 0.02 ? 150 : 90 }),
});
const verdictOf = (family: readonly Evidence[], weight?: (feature: string) => number) =>
  judgeFamily(family, weight ? { weight } : {}).features.find(({ feature }) => feature === 'a')!.verdict;
const many = Array.from({ length: 9 }, (_, i) => evidence(`other ${i}`, 0.9, 0));

describe('judgeFamily', () => {
  it('takes less of the level for features that may claim little', () => {
    // 10 × 0.01 is above 0.05; with nine others at a tenth it is 1.9 × 0.01.
    expect(verdictOf([evidence('a', 0.01), ...many])).not.toBe('drifted');
    expect(verdictOf([evidence('a', 0.01), ...many], (name) => (name === 'a' ? 1 : 0.1))).toBe('drifted');
  });

  it('counts features by what they may claim when it says that data are insufficient', () => {
    const heavy = (name: string) => (name === 'a' ? 10 : 1);
    // One can see, nine cannot: by number most are blind, by weight most are not.
    expect(judgeFamily([evidence('a', 0.9, 0), ...many]).verdict).toBe('insufficient-data');
    expect(judgeFamily([evidence('a', 0.9, 0), ...many], { weight: heavy }).verdict).toBe('stable');
    expect(judgeFamily([evidence('a', 0.9, 0), ...many])).toMatchObject({ moreNeeded: 50 });
  });

  it('judges evidence by limits of its own', () => {
    const lenient = { ...evidence('a', 1e-6), limits: { floor: 0.7, worthSeeing: 1 } };
    expect(judgeFamily([lenient]).features[0]).toMatchObject({ threshold: 0.7, verdict: 'stable' });
  });
});

describe('pointsEvidence', () => {
  const random = seededRandom('points-evidence');
  const cloud = (count: number, shift: number) =>
    Array.from({ length: count }, () => Array.from({ length: 5 }, () => random.normal() + shift));

  it('finds a cloud that moved, far beyond what permutations count, and says by how much', () => {
    const found = pointsEvidence('embedding', { reference: cloud(200, 0), current: cloud(200, 0.5) })!;
    expect(found.pValue).toBeLessThan(1e-6);
    expect(found.direction).toMatch(/^0\.[456]σ on average over its dimensions$/);
    expect(judgeFamily([found]).verdict).toBe('drifted');
  });

  it('has p-values under equal distributions that are about uniform', () => {
    const values = Array.from(
      { length: 60 },
      () => pointsEvidence('embedding', { reference: cloud(40, 0), current: cloud(40, 0) })!.pValue,
    );
    const below = (level: number) => values.filter((p) => p <= level).length / values.length;
    expect(below(0.05)).toBeLessThan(0.15);
    expect(below(0.5)).toBeGreaterThan(0.3);
    expect(below(0.5)).toBeLessThan(0.7);
  });

  it('says how many points it takes, and nothing of fewer than ten', () => {
    const { sensitivity } = pointsEvidence('embedding', { reference: cloud(400, 0), current: cloud(12, 0) })!;
    const asked = { level: 0.001, power: 0.8, worthSeeing: 0.2 };
    const { effect, valuesNeeded } = sensitivity(asked);
    expect(effect).toBeGreaterThan(0.2);
    expect(valuesNeeded).toBeGreaterThan(12);
    expect(valuesNeeded).toBeLessThan(200);
    expect(pointsEvidence('embedding', { reference: cloud(400, 0), current: cloud(9, 0) })).toBeUndefined();
  });
});
