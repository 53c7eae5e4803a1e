import type { SweepDetails } from '@assay/schema';

type Value = SweepDetails['trials'][number]['values'][string];

/** A vertical axis of parallel coordinates. */
export interface Axis {
  readonly key: string;
  /** Last part of the key: what fits above an axis. */
  readonly title: string;
  /** Where a value lies, from 0, the lower end, to 1; undefined for what is not on it. */
  placeOf(value: Value | undefined): number | undefined;
  /** What is written along it, with its place. */
  readonly ticks: readonly { readonly place: number; readonly text: string }[];
}

/** Digits that tell values of a search apart. */
const short = (value: number) => String(Number(value.toPrecision(3)));

/** An axis along which numbers lie by their size, or by its logarithm; other values in the order in which they were met. */
export function axisOf(key: string, values: readonly (Value | undefined)[], isLogarithmic: boolean): Axis {
  const title = key.split('.').at(-1) ?? key;
  const present = values.filter((value) => value !== undefined && value !== null);
  const numbers = present.filter((value): value is number => typeof value === 'number');
  if (numbers.length < present.length || numbers.length === 0) return choiceAxis(key, title, present);
  const scale = isLogarithmic && Math.min(...numbers) > 0 ? Math.log : (value: number) => value;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const length = scale(high) - scale(low);
  return {
    key,
    title,
    placeOf: (value) =>
      typeof value !== 'number' ? undefined : length === 0 ? 0.5 : (scale(value) - scale(low)) / length,
    ticks:
      length === 0
        ? [{ place: 0.5, text: short(low) }]
        : [
            { place: 0, text: short(low) },
            { place: 1, text: short(high) },
          ],
  };
}

function choiceAxis(key: string, title: string, values: readonly Value[]): Axis {
  const names = [...new Set(values.map(String))].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const place = (at: number) => (names.length < 2 ? 0.5 : at / (names.length - 1));
  return {
    key,
    title,
    placeOf(value) {
      const at = value == null ? -1 : names.indexOf(String(value));
      return at < 0 ? undefined : place(at);
    },
    ticks: names.map((text, at) => ({ place: place(at), text })),
  };
}

/** The axes of a sweep: a parameter each, then what was achieved. */
export function axesOf({ parameters, trials, metric }: Pick<SweepDetails, 'parameters' | 'trials' | 'metric'>): Axis[] {
  return [
    ...parameters.map(({ key, isLogarithmic }) =>
      axisOf(
        key,
        trials.map(({ values }) => values[key]),
        isLogarithmic,
      ),
    ),
    axisOf(
      metric,
      trials.map(({ value }) => value ?? undefined),
      false,
    ),
  ];
}
