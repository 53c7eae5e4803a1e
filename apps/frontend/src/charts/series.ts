/** One line, or one colour of bars. */
export interface Series {
  /** In the legend and the tooltip; may come from outside. */
  readonly name: string;
  /** A token such as `var(--data-1)`. */
  readonly colour: string;
  /** One for each place on the horizontal axis; `null` where there is none. */
  readonly values: readonly (number | null)[];
  /** For lines: drawn with gaps, for what is only to compare with. */
  readonly isDashed?: boolean;
}

/** The palette of data, in its order. The sixth is grey: for what is left over. */
export const COLOURS = [
  'var(--data-1)',
  'var(--data-2)',
  'var(--data-3)',
  'var(--data-4)',
  'var(--data-5)',
  'var(--data-6)',
] as const;

/** Colour of the series at a place; more than there are colours come round again. */
export function colourAt(index: number): string {
  return COLOURS[index % COLOURS.length]!;
}

/** Each series on top of those before it; what is missing adds nothing. */
export function stacked(series: readonly Series[]): number[][] {
  const below = series[0]?.values.map(() => 0) ?? [];
  return series.map(({ values }) => below.map((sum, at) => (below[at] = sum + (values[at] ?? 0))));
}
