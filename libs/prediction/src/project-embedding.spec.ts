import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { defaultProjection } from '@assay/schema';
import { createProjection } from './project-embedding.ts';

const random = seededRandom('embeddings');
const embedding = (size: number) => Float32Array.from({ length: size }, () => random.normal());
const squaredDistance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

describe('a projection', () => {
  it('keeps squared distances: right on average, with the spread that theory gives', () => {
    const project = createProjection(defaultProjection);
    const ratios = Array.from({ length: 400 }, () => {
      const [a, b] = [embedding(128), embedding(128)];
      return squaredDistance(project(a), project(b)) / squaredDistance(a, b);
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    const spread = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / ratios.length);
    // One matrix for all pairs: their mean is the squared Frobenius norm over D, which itself varies by sqrt(2 / (32 * 128)).
    expect(Math.abs(mean - 1)).toBeLessThan(0.1);
    expect(Math.abs(spread - Math.sqrt(2 / 32))).toBeLessThan(0.05);
  });

  it('is the same wherever and whenever it is made', () => {
    const ramp = Float32Array.from({ length: 100 }, (_, i) => i / 100);
    const [first, second] = createProjection(defaultProjection)(ramp);
    expect([first, second].map((value) => value?.toFixed(5))).toMatchInlineSnapshot(`
     [
       "-1.66485",
       "1.00138",
     ]
    `);
    expect(createProjection({ ...defaultProjection, seed: 'another' })(ramp)[0]).not.toBeCloseTo(first!, 3);
  });

  it('leaves an embedding as it is that has no more dimensions', () => {
    expect([...createProjection(defaultProjection)([1, 2, 3])]).toEqual([1, 2, 3]);
  });
});
