import { describe, expect, it } from '@jest/globals';
import type { TabularPreprocessingSpec } from '@assay/schema';
import { featuresToVector } from './features-to-vector.ts';

const spec: TabularPreprocessingSpec = {
  kind: 'tabular',
  features: [
    { name: 'alcohol', mean: 10, std: 2 },
    { name: 'pH', mean: 3, std: 0.5 },
    { name: 'sulphates', mean: 0, std: 1 },
  ],
};

describe('featuresToVector', () => {
  it("standardises the values in the model's order, whatever the order they come in", () => {
    const vector = featuresToVector({ sulphates: 0.25, pH: 2, alcohol: 13 }, spec);
    expect(vector).toBeInstanceOf(Float32Array);
    expect([...vector]).toEqual([1.5, -2, 0.25]);
  });

  it('names all that is missing, unknown or not a finite number at once', () => {
    const row = { pH: '3.1', sulphates: Infinity, colour: 1, age: 2 };
    expect(() => featuresToVector(row, spec)).toThrow(
      'Expected a finite number for each of the 3 features; missing: alcohol; unknown: colour, age; ' +
        'not a finite number: pH (the text "3.1"), sulphates (Infinity).',
    );
    expect(() => featuresToVector(row, spec)).toThrow(
      expect.objectContaining({
        code: 'invalid-features',
        status: 422,
        extensions: { missing: ['alcohol'], unknown: ['colour', 'age'], invalid: ['pH', 'sulphates'] },
      }),
    );
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [[1, 2, 3], 'a list'],
    ['text', 'the text "text"'],
    [5, '5'],
  ])('says of %p that it is not an object of numbers', (row, received) => {
    expect(() => featuresToVector(row, spec)).toThrow(
      `Expected an object of named numbers (alcohol, pH, sulphates); received ${received}.`,
    );
  });

  it.each([null, true, [1], { value: 1 }, NaN])('refuses %p as a value', (value) => {
    expect(() => featuresToVector({ alcohol: value, pH: 3, sulphates: 0 }, spec)).toThrow(/alcohol \(/);
  });

  it('takes no feature from the prototype of the row', () => {
    const features = [{ name: 'toString', mean: 0, std: 1 }];
    expect(() => featuresToVector({}, { kind: 'tabular', features })).toThrow(/missing: toString/);
  });
});
