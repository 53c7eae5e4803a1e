import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { gridValues, isWithin, parameterSpec, type ParameterSpec, type Values } from './parameter.ts';
import { estimateDensity, normalShare } from './parzen-estimator.ts';
import { randomValues } from './random-search.ts';
import { openSearch } from './suggest.ts';
import { sweepConfig, type SweepConfig } from './sweep-config.ts';
import { suggestByTreeParzen } from './tree-parzen.ts';

const mixed = parameters({
  rate: { type: 'log-uniform', from: 1e-5, to: 1 },
  share: { type: 'uniform', from: -1, to: 3 },
  units: { type: 'int', from: 1, to: 256, log: true },
  layers: { type: 'int', from: 1, to: 4 },
  kind: { type: 'choice', values: ['relu', 'gelu', [1, 2]] },
});

function parameters(specs: Record<string, unknown>): Record<string, ParameterSpec> {
  return Object.fromEntries(Object.entries(specs).map(([key, spec]) => [key, parameterSpec.parse(spec)]));
}

function sweepOf(changes: Record<string, unknown>): SweepConfig {
  return sweepConfig.parse({ name: 'test', base: 'base.yaml', runs: 20, parameters: mixed, ...changes });
}

/** Runs a search on a function that is to be small. @returns The smallest value found. */
function minimise(sweep: SweepConfig, loss: (values: Values) => number): number {
  const search = openSearch(sweep);
  const done: { values: Values; loss: number }[] = [];
  for (let trial = 1; trial <= search.size; trial++) {
    const ranked = done.toSorted((a, b) => a.loss - b.loss).map(({ values }) => values);
    const values = search.suggest(trial, { ranked, pending: [] });
    done.push({ values, loss: loss(values) });
  }
  return Math.min(...done.map((one) => one.loss));
}

describe('parameters', () => {
  it('spread a grid evenly, by order of magnitude where they are logarithmic', () => {
    const values = (spec: unknown) => gridValues('key', parameterSpec.parse(spec));
    expect(values({ type: 'uniform', from: 0, to: 1, steps: 5 })).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(values({ type: 'log-uniform', from: 1e-4, to: 1e-1, steps: 4 })).toEqual([1e-4, 1e-3, 1e-2, 1e-1]);
    expect(values({ type: 'int', from: 2, to: 5 })).toEqual([2, 3, 4, 5]);
    expect(values({ type: 'int', from: 1, to: 64, log: true, steps: 4 })).toEqual([1, 4, 16, 64]);
    expect(() => values({ type: 'uniform', from: 0, to: 1 })).toThrow('parameters.key: a grid needs "steps"');
  });

  it('refuse a range that is none', () => {
    expect(parameterSpec.safeParse({ type: 'uniform', from: 1, to: 1 }).success).toBe(false);
    expect(parameterSpec.safeParse({ type: 'log-uniform', from: 0, to: 1 }).success).toBe(false);
    expect(parameterSpec.safeParse({ type: 'int', from: 0, to: 9, log: true }).success).toBe(false);
    expect(parameterSpec.safeParse({ type: 'choice', values: [] }).success).toBe(false);
  });
});

describe('random search', () => {
  it('stays within the limits, and depends on seed and trial alone', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (seed, trial) => {
        const values = randomValues(mixed, { seed, trial });
        for (const [key, spec] of Object.entries(mixed)) expect(isWithin(spec, values[key])).toBe(true);
        const { kind: _, ...others } = mixed;
        expect(values).toMatchObject(randomValues(others, { seed, trial }));
      }),
    );
  });

  it('is uniform in the logarithm, and gives whole numbers their share', () => {
    const draws = Array.from({ length: 4000 }, (_, trial) => randomValues(mixed, { seed: 1, trial }));
    const share = (holds: (values: Values) => boolean) => draws.filter(holds).length / draws.length;
    // Five standard deviations of a share of 0.4 over 4000 draws are 0.039, of 0.25 they are 0.034.
    expect(share(({ rate }) => Number(rate) < 1e-3)).toBeCloseTo(0.4, 1);
    for (const layers of [1, 2, 3, 4])
      expect(Math.abs(share((values) => values.layers === layers) - 0.25)).toBeLessThan(0.034);
  });
});

describe('grid search', () => {
  const grid = {
    method: { type: 'grid' },
    parameters: parameters({
      a: { type: 'choice', values: ['x', 'y', 'z'] },
      b: { type: 'int', from: 1, to: 4 },
    }),
  };
  const combinations = (sweep: SweepConfig) => {
    const search = openSearch(sweep);
    return Array.from({ length: search.size }, (_, index) =>
      JSON.stringify(search.suggest(index + 1, { ranked: [], pending: [] })),
    );
  };

  it('takes every combination once', () => {
    const all = combinations(sweepOf(grid));
    expect(all).toHaveLength(12);
    expect(new Set(all).size).toBe(12);
  });

  it('takes other combinations for another seed where it may not take all', () => {
    const some = combinations(sweepOf({ ...grid, runs: 5 }));
    expect(new Set(some).size).toBe(5);
    expect(combinations(sweepOf({ ...grid, runs: 5, seed: 2 }))).not.toEqual(some);
  });

  it('refuses more combinations than can be numbered', () => {
    const wide = parameters({ a: { type: 'int', from: 1, to: 2000 }, b: { type: 'int', from: 1, to: 2000 } });
    expect(() => openSearch(sweepOf({ ...grid, parameters: wide }))).toThrow(
      'The grid has 4000000 combinations',
    );
  });
});

describe('a Parzen estimator', () => {
  it('has the normal distribution function of the tables', () => {
    for (const [x, share] of [
      [0, 0.5],
      [1, 0.8413447],
      [-1.96, 0.0249979],
      [3, 0.9986501],
    ] as const)
      expect(normalShare(x)).toBeCloseTo(share, 6);
  });

  it.each(['rate', 'share', 'units'] as const)(
    'is a density over the line of "%s": it adds up to 1',
    (key) => {
      const spec = mixed[key]!;
      if (spec.type === 'choice') throw new Error('a number is expected');
      const seen = [spec.to, spec.from, 0.3 * spec.to + 0.7 * spec.from].map((value) =>
        spec.type === 'int' ? Math.round(value) : value,
      );
      const density = estimateDensity(spec, seen);
      const bend = spec.type === 'uniform' ? (x: number) => x : Math.log;
      const back = spec.type === 'uniform' ? (x: number) => x : Math.exp;
      const half = spec.type === 'int' ? 0.5 : 0;
      const [low, high] = [bend(spec.from - half), bend(spec.to + half)];
      const count = 20_000;
      let sum = 0;
      for (let index = 0; index < count; index++)
        sum += density.at(back(low + ((index + 0.5) / count) * (high - low))) * ((high - low) / count);
      expect(sum).toBeCloseTo(1, 4);
    },
  );

  it('weighs choices by what was seen and as much again by the prior', () => {
    const density = estimateDensity(mixed.kind!, ['relu', 'relu', [1, 2]]);
    expect(density.at('relu')).toBeCloseTo((1 + 2) / 6, 12);
    expect(density.at('gelu')).toBeCloseTo(1 / 6, 12);
    expect(density.at([1, 2])).toBeCloseTo((1 + 1) / 6, 12);
  });
});

describe('TPE', () => {
  const surfaces: Record<
    string,
    { parameters: Record<string, ParameterSpec>; loss: (values: Values) => number }
  > = {
    'a bowl': {
      parameters: parameters({
        x: { type: 'uniform', from: 0, to: 1 },
        y: { type: 'uniform', from: 0, to: 1 },
      }),
      loss: ({ x, y }) => (Number(x) - 0.7) ** 2 + (Number(y) - 0.2) ** 2,
    },
    // Branin & Hoo (1972): three equal minima of 0.397887.
    "Branin's function": {
      parameters: parameters({
        x: { type: 'uniform', from: -5, to: 10 },
        y: { type: 'uniform', from: 0, to: 15 },
      }),
      loss: ({ x, y }) =>
        (Number(y) - (5.1 / (4 * Math.PI ** 2)) * Number(x) ** 2 + (5 / Math.PI) * Number(x) - 6) ** 2 +
        10 * (1 - 1 / (8 * Math.PI)) * Math.cos(Number(x)) +
        10,
    },
    'a learning rate, a width and a choice': {
      parameters: mixed,
      loss: ({ rate, units, kind }) =>
        (Math.log10(Number(rate)) + 2.5) ** 2 +
        (Math.log2(Number(units)) - 5) ** 2 / 4 +
        (kind === 'gelu' ? 0 : 1),
    },
  };
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

  it.each(Object.keys(surfaces))(
    'finds lower values of %s than random search, over 31 seeds of 40 trials',
    (name) => {
      const { parameters: own, loss } = surfaces[name]!;
      const best = (method: string) =>
        Array.from({ length: 31 }, (_, seed) =>
          minimise(sweepOf({ method: { type: method }, seed, runs: 40, parameters: own }), loss),
        );
      const [tpe, random] = [best('tpe'), best('random')];
      expect(median(tpe)).toBeLessThan(0.7 * median(random));
      const wins = tpe.filter((value, seed) => value < random[seed]!).length;
      // 21 or more of 31 has a probability of 0.035 for two methods that are equally good.
      expect(wins).toBeGreaterThanOrEqual(21);
    },
  );

  it('suggests values within the limits, the same for the same knowledge and seed', () => {
    const known = {
      ranked: Array.from({ length: 9 }, (_, trial) => randomValues(mixed, { seed: 5, trial })),
      pending: [randomValues(mixed, { seed: 5, trial: 9 })],
    };
    fc.assert(
      fc.property(fc.nat(), (trial) => {
        const options = { seed: 3, trial, good: 0.25, candidates: 24 };
        const values = suggestByTreeParzen(mixed, known, options);
        for (const [key, spec] of Object.entries(mixed)) expect(isWithin(spec, values[key])).toBe(true);
        expect(suggestByTreeParzen(mixed, known, options)).toEqual(values);
      }),
    );
  });

  it('leaves out what a trial has no value for', () => {
    const known = { ranked: [{}, { rate: 0.1 }], pending: [] };
    const values = suggestByTreeParzen(mixed, known, { seed: 1, trial: 1, good: 0.25, candidates: 24 });
    expect(Object.keys(values)).toEqual(Object.keys(mixed));
  });

  it('does not repeat a trial while there is something else to try', () => {
    const few = parameters({ kind: { type: 'choice', values: ['a', 'b', 'c'] } });
    const { suggest } = openSearch(
      sweepOf({ parameters: few, runs: 3, method: { type: 'tpe', startup: 1 } }),
    );
    const ranked = [{ kind: 'a' }, { kind: 'b' }];
    expect(suggest(3, { ranked, pending: [] })).toEqual({ kind: 'c' });
  });
});
