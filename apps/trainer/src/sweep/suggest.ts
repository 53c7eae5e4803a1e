import { openGrid } from './grid-search.ts';
import { sameJson, type Values } from './parameter.ts';
import { randomValues } from './random-search.ts';
import type { SweepConfig } from './sweep-config.ts';
import { suggestByTreeParzen, type Known } from './tree-parzen.ts';

/** Draws where a trial would repeat an earlier one: first by what is known, then at random. */
const attempts = { informed: 5, all: 30 };

/** Chooses the values of each trial. */
export interface Search {
  /** Trials in all, the default configuration not counted. */
  readonly size: number;
  /**
   * @param trial From 1.
   * @param known Only TPE looks at it: grid and random search give the same values whatever came before.
   */
  suggest(trial: number, known: Known): Values;
}

/** The search that a sweep asks for. @throws AssayError `invalid-configuration` if its grid cannot be built. */
export function openSearch({ method, parameters, runs, seed }: SweepConfig): Search {
  switch (method.type) {
    case 'grid': {
      const grid = openGrid(parameters, seed);
      return { size: Math.min(runs, grid.size), suggest: (trial) => grid.valuesAt(trial - 1) };
    }
    case 'random':
      return { size: runs, suggest: (trial) => randomValues(parameters, { seed, trial }) };
    case 'tpe':
      return {
        size: runs,
        suggest(trial, known) {
          const tried = [...known.ranked, ...known.pending];
          let values: Values = {};
          for (let attempt = 0; attempt < attempts.all; attempt++) {
            const options = { seed, trial, attempt };
            values =
              trial <= method.startup || known.ranked.length === 0 || attempt >= attempts.informed
                ? randomValues(parameters, options)
                : suggestByTreeParzen(parameters, known, { ...options, ...method });
            if (!tried.some((earlier) => sameJson(earlier, values))) break;
          }
          return values;
        },
      };
  }
}
