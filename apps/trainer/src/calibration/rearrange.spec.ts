import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { rearrange, type SquarePicture } from './rearrange.ts';

/** Pixel `y · side + x` has the values `(10 y + x, -(10 y + x))`. */
function picture(side: number): SquarePicture {
  const values = Array.from({ length: side ** 2 }, (_, i) => 10 * Math.floor(i / side) + (i % side));
  return { side, channels: 2, data: Float32Array.from(values.flatMap((value) => [value, -value])) };
}

const first = ({ data }: SquarePicture) => Array.from(data).filter((_, index) => index % 2 === 0);

/** Many draws of a picture, by their first channel. */
const draws = (side: number, count = 200) => {
  const random = seededRandom(1, 'rearrange');
  return Array.from({ length: count }, () => rearrange(picture(side), random));
};

describe('rearranged pictures', () => {
  it('are upside down or turned to either side, among others', () => {
    const seen = new Set(draws(2).map((drawn) => first(drawn).join()));
    // 0  1      upside down: 10 11   turned: 1 11   and: 10 0
    // 10 11                  0  1            0 10        11 1
    for (const expected of ['10,11,0,1', '1,11,0,10', '10,0,11,1']) expect(seen).toContain(expected);
  });

  it('keep channels together and every value within those of the picture', () => {
    for (const { data } of draws(8, 50))
      for (let i = 0; i < data.length; i += 2) {
        expect(data[i + 1]).toBeCloseTo(-data[i]!, 4);
        expect(data[i]).toBeGreaterThanOrEqual(0);
        expect(data[i]).toBeLessThanOrEqual(77);
      }
  });

  it('are shuffled by squares that stay whole', () => {
    const all = first(picture(8))
      .sort((a, b) => a - b)
      .join();
    const shuffled = draws(8).filter((drawn) => {
      const values = first(drawn);
      const isPermutation = [...values].sort((a, b) => a - b).join() === all;
      return isPermutation && values[1] === values[0]! + 1 && values[8] === values[0]! + 10;
    });
    expect(shuffled.length).toBeGreaterThan(10);
    for (const drawn of shuffled)
      for (let y = 0; y < 8; y += 2)
        for (let x = 0; x < 8; x += 2) {
          const at = (dy: number, dx: number) => first(drawn)[(y + dy) * 8 + x + dx]!;
          expect([at(0, 1), at(1, 0), at(1, 1)].map((value) => value - at(0, 0))).toEqual([1, 10, 11]);
        }
  });

  it('are windows of less than 0.71 of the side, enlarged', () => {
    const spans = draws(16).map((drawn) => Math.max(...first(drawn)) - Math.min(...first(drawn)));
    const windows = spans.filter((span) => span < 0.71 * (150 + 15));
    expect(windows.length).toBeGreaterThan(40);
    expect(Math.min(...windows)).toBeGreaterThan(0.2 * (150 + 15));
  });

  it('leave the picture as it was, and are the same for the same seed', () => {
    const given = picture(8);
    const [one, other] = [1, 1].map((seed) => rearrange(given, seededRandom(seed, 'x')));
    expect(one!.data).toEqual(other!.data);
    expect(given.data).toEqual(picture(8).data);
  });
});
