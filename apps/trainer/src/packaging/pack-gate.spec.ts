import { describe, expect, it } from '@jest/globals';
import { squaredMahalanobis } from '@assay/prediction';
import { seededRandom } from '@assay/random';
import { scopeGateStatistics } from '@assay/schema';
import { fitScopeGate } from '../calibration/scope-gate.ts';
import { packGate } from './pack-gate.ts';

describe('packGate', () => {
  it('writes what gives the same distances, in less than half the room', () => {
    const random = seededRandom('gate');
    const values = Float32Array.from({ length: 200 * 12 }, () => random.normal());
    const statistics = fitScopeGate({ values, size: 12 });
    const text = packGate(statistics);
    const read = scopeGateStatistics.parse(JSON.parse(text));
    const point = values.subarray(0, 12);
    expect(squaredMahalanobis(point, read)).toBeCloseTo(squaredMahalanobis(point, statistics), 6);
    expect(text.length).toBeLessThan(JSON.stringify(statistics).length / 2);
  });
});
