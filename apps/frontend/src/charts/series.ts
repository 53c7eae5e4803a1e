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

/**
 * Rows as Recharts takes them. Series are keyed by their place: a name from outside could be a path, or the name of something that every
 * object has.
 *
 * @param places the horizontal axis
 */
export function rowsOf(
  places: readonly (string | number)[],
  series: readonly Series[],
): Record<string, string | number | null>[] {
  return places.map((place, at) => ({
    place,
    ...Object.fromEntries(series.map(({ values }, index) => [`s${index}`, values[at] ?? null])),
  }));
}
