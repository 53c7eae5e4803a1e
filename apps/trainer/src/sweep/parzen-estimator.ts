import type { Random } from '@assay/random';
import { lineOf, sameJson, type ParameterSpec, type Values } from './parameter.ts';

type Value = Values[string];

/** A density over the values of one parameter, estimated from values that were seen. */
export interface Density {
  draw(random: Random): Value;
  /** Up to a factor that is the same for every density of the parameter. */
  at(value: Value): number;
}

/**
 * The adaptive Parzen estimator of Bergstra et al., "Algorithms for hyper-parameter optimization" (2011), section
 * 4.2: for numbers the prior counts as one observation, for choices as much as all observations together.
 */
export function estimateDensity(spec: ParameterSpec, seen: readonly Value[]): Density {
  return spec.type === 'choice'
    ? countedDensity(spec.values, seen)
    : kernelDensity(
        lineOf(spec),
        seen.filter((value) => typeof value === 'number'),
      );
}

/** Choices by how often they were seen, to which the prior, spread evenly over them, adds as many again. */
function countedDensity(values: readonly Value[], seen: readonly Value[]): Density {
  const prior = Math.max(1, seen.length) / values.length;
  const weights = values.map((value) => prior + seen.filter((one) => sameJson(one, value)).length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    draw(random) {
      let left = random.uniform() * total;
      const index = weights.findIndex((weight) => (left -= weight) < 0);
      return values[index < 0 ? values.length - 1 : index]!;
    },
    at: (value) => (weights[values.findIndex((one) => sameJson(one, value))] ?? 0) / total,
  };
}

interface Kernel {
  readonly centre: number;
  readonly width: number;
  /** Share of the normal distribution that lies on the line. */
  readonly inside: number;
}

/**
 * An equal mixture of the uniform prior and one normal distribution, cut off at the ends of the line, around every
 * value seen. Its deviation is the greater distance to a neighbour, the ends being neighbours too, and at least the
 * length of the line ÷ (1 + values seen), ÷ 100 at the narrowest.
 */
function kernelDensity(line: ReturnType<typeof lineOf>, seen: readonly number[]): Density {
  const { low, high } = line;
  const length = high - low;
  const places = seen.map(line.placeOf).sort((a, b) => a - b);
  const narrowest = length / Math.min(100, 1 + places.length);
  const kernels = places.map((centre, index): Kernel => {
    const left = centre - (places[index - 1] ?? low);
    const right = (places[index + 1] ?? high) - centre;
    const width = Math.min(length, Math.max(narrowest, left, right));
    const inside = normalShare((high - centre) / width) - normalShare((low - centre) / width);
    return { centre, width, inside };
  });
  return {
    draw(random) {
      const kernel = kernels[random.integer(kernels.length + 1)];
      if (kernel === undefined) return line.valueAt(random.between(low, high));
      // At least a third of the draws lie inside: no kernel is wider than the line.
      let place: number;
      do place = kernel.centre + kernel.width * random.normal();
      while (place < low || place > high);
      return line.valueAt(place);
    },
    at(value) {
      const place = line.placeOf(value as number);
      const sum = kernels.reduce((total, { centre, width, inside }) => {
        const distance = (place - centre) / width;
        return total + Math.exp(-0.5 * distance * distance) / (Math.sqrt(2 * Math.PI) * width * inside);
      }, 1 / length);
      return sum / (kernels.length + 1);
    },
  };
}

/** Standard normal distribution function; error below 7.5e-8 (Abramowitz & Stegun 1964, 26.2.17). */
export function normalShare(x: number): number {
  if (x < 0) return 1 - normalShare(-x);
  const t = 1 / (1 + 0.2316419 * x);
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * series;
}
