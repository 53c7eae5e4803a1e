import { seededRandom, type Random } from '@assay/random';
import { lineOf, type ParameterSpec, type Values } from './parameter.ts';

/** Values of a trial at random, each key from a stream of its own: a pure function of seed and trial. */
export function randomValues(
  parameters: Readonly<Record<string, ParameterSpec>>,
  options: { seed: number; trial: number; attempt?: number },
): Values {
  const { seed, trial, attempt = 0 } = options;
  return Object.fromEntries(
    Object.entries(parameters).map(([key, spec]) => [
      key,
      randomValue(spec, seededRandom(seed, 'sweep', trial, attempt, key)),
    ]),
  );
}

function randomValue(spec: ParameterSpec, random: Random): Values[string] {
  if (spec.type === 'choice') return spec.values[random.integer(spec.values.length)]!;
  const { low, high, valueAt } = lineOf(spec);
  return valueAt(random.between(low, high));
}
