import { seededRandom } from '@assay/random';
import { AssayError } from '@assay/schema';
import { gridValues, type ParameterSpec, type Values } from './parameter.ts';

/** Combinations that are numbered at most. */
const largest = 1_000_000;

/**
 * Every combination of the values of the parameters, in a seeded order, so that a part of it is spread over the
 * whole: a pure function of parameters and seed.
 *
 * @throws AssayError `invalid-configuration` for a continuous parameter without `steps`, or more than a million
 *   combinations.
 */
export function openGrid(parameters: Readonly<Record<string, ParameterSpec>>, seed: number) {
  const axes = Object.entries(parameters).map(([key, spec]) => ({ key, values: gridValues(key, spec) }));
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (size > largest)
    throw new AssayError(
      'invalid-configuration',
      `The grid has ${size} combinations, expected at most ${largest}. Take fewer values, or method: random.`,
    );
  const order = seededRandom(seed, 'grid').shuffle(Array.from({ length: size }, (_, index) => index));
  return {
    size,
    /** @param index 0 to size − 1 */
    valuesAt(index: number): Values {
      let rest = order[index]!;
      return Object.fromEntries(
        axes.map(({ key, values }) => {
          const value = values[rest % values.length]!;
          rest = Math.floor(rest / values.length);
          return [key, value];
        }),
      );
    },
  };
}
