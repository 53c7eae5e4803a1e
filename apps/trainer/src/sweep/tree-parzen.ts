import { seededRandom } from '@assay/random';
import { type ParameterSpec, type Values } from './parameter.ts';
import { estimateDensity } from './parzen-estimator.ts';

/** What is known when a trial begins. */
export interface Known {
  /** Values of the trials that have ended, best first. */
  readonly ranked: readonly Values[];
  /** Values of those under way: nobody knows yet, so that they count as bad, and others are tried. */
  readonly pending: readonly Values[];
}

/**
 * The values to try next by the tree-structured Parzen estimator (Bergstra et al. 2011): of some candidates drawn from
 * the density of the good trials, the one that is likeliest among the good compared with the others, which is the one
 * of greatest expected improvement. Parameters are taken as independent of each other. A pure function of what is
 * known, seed and trial.
 *
 * @param options.good Share of the trials that count as good; at least one does.
 */
export function suggestByTreeParzen(
  parameters: Readonly<Record<string, ParameterSpec>>,
  known: Known,
  options: { seed: number; trial: number; attempt?: number; good: number; candidates: number },
): Values {
  const { seed, trial, attempt = 0, candidates } = options;
  const count = Math.max(1, Math.ceil(options.good * known.ranked.length));
  const good = known.ranked.slice(0, count);
  const others = [...known.ranked.slice(count), ...known.pending];
  const axes = Object.entries(parameters).map(([key, spec]) => {
    const valuesOf = (trials: readonly Values[]) =>
      trials.filter((values) => key in values).map((values) => values[key]!);
    return {
      key,
      likely: estimateDensity(spec, valuesOf(good)),
      unlikely: estimateDensity(spec, valuesOf(others)),
      random: seededRandom(seed, 'sweep', trial, attempt, key),
    };
  });
  let best: Values = {};
  let bestPromise = Number.NEGATIVE_INFINITY;
  for (let candidate = 0; candidate < candidates; candidate++) {
    let promise = 0;
    const values = axes.map(({ key, likely, unlikely, random }) => {
      const value = likely.draw(random);
      promise += Math.log(likely.at(value)) - Math.log(unlikely.at(value));
      return [key, value] as const;
    });
    if (promise > bestPromise) [best, bestPromise] = [Object.fromEntries(values), promise];
  }
  return best;
}
