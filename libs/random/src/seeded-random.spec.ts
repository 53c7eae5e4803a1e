import { describe, expect, it } from '@jest/globals';
import { seededRandom } from './seeded-random.ts';

describe('seededRandom', () => {
  it('repeats itself for equal seeds and differs for others', () => {
    const draw = (...seed: (string | number)[]) => {
      const random = seededRandom(...seed);
      return Array.from({ length: 8 }, () => random.uniform());
    };
    expect(draw(7, 'epoch', 3)).toEqual(draw(7, 'epoch', 3));
    expect(draw(7, 'epoch', 3)).not.toEqual(draw(7, 'epoch', 4));
    expect(draw('1', '23')).not.toEqual(draw('12', '3'));
  });

  it('gives the same stream on every machine', () => {
    const random = seededRandom(2026);
    expect(Array.from({ length: 4 }, () => random.integer(1_000_000))).toMatchInlineSnapshot(`
     [
       399422,
       890667,
       8385,
       702887,
     ]
    `);
  });

  it('is uniform: each of 16 bins holds its share of 160,000 draws within five standard deviations', () => {
    const random = seededRandom('uniform');
    const bins = new Array<number>(16).fill(0);
    for (let i = 0; i < 160_000; i++) bins[random.integer(16)]! += 1;
    const deviation = Math.sqrt(160_000 * (1 / 16) * (15 / 16));
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(5 * deviation);
  });

  it('draws normal deviates of mean 0 and variance 1', () => {
    const random = seededRandom('normal');
    let sum = 0;
    let squares = 0;
    const count = 100_000;
    for (let i = 0; i < count; i++) {
      const value = random.normal();
      sum += value;
      squares += value * value;
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.015);
    expect(Math.abs(squares / count - 1)).toBeLessThan(0.02);
  });

  it('shuffles without losing or inventing items', () => {
    const shuffled = seededRandom('deck').shuffle(Array.from({ length: 52 }, (_, i) => i));
    expect([...shuffled].sort((p, q) => p - q)).toEqual(Array.from({ length: 52 }, (_, i) => i));
    expect(shuffled[0] === 0 && shuffled[1] === 1 && shuffled[2] === 2).toBe(false);
  });
});
