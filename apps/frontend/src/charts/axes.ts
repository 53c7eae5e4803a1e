import type uPlot from 'uplot';
import type { Paint } from './paint.ts';

/** As the page's own text; canvases know no tokens. */
const FONT = "12px 'Inter Variable', system-ui, sans-serif";

/** Longer texts along an axis are cut. */
const MOST_LETTERS = 20;

/** Between texts along an axis, and between a text and its axis. Pixels. */
const APART = 20;
const GAP = 8;

/** Steps of an axis that counts. */
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** Texts of an axis: cut where they are too long, and not said twice in a row. */
export function axisTexts(texts: readonly string[]): string[] {
  const cut = texts.map((text) =>
    text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text,
  );
  return cut.map((text, at) => (text === cut[at - 1] ? '' : text));
}

/** Every how many of evenly spaced texts there is room for. @param width of all, pixels */
export function everyHowMany(count: number, { width, widest }: { width: number; widest: number }): number {
  return Math.max(1, Math.ceil((count * (widest + APART)) / Math.max(1, width)));
}

/** Width of the longest text, pixels. */
function widestOf({ ctx }: uPlot, texts: readonly string[]): number {
  const longest = axisTexts(texts).reduce((long, text) => (text.length > long.length ? text : long), '');
  ctx.save();
  ctx.font = FONT;
  const { width } = ctx.measureText(longest);
  ctx.restore();
  return width;
}

/** What is written along the bottom. */
export interface PlaceAxisOptions {
  readonly paint: Paint;
  /** Values along the axis whose texts are about as long as they get. */
  readonly examples: readonly number[];
  /** Where texts stand; chosen where left out. */
  readonly splits?: readonly number[];
  /** Whether there is nothing between whole numbers. */
  readonly isWhole?: boolean;
  text(place: number): string;
}

/** The horizontal axis. */
export function placeAxis({ paint, examples, splits, isWhole = false, text }: PlaceAxisOptions): uPlot.Axis {
  const widest = (plot: uPlot) => widestOf(plot, examples.map(text));
  return {
    stroke: paint('var(--ink-faint)'),
    font: FONT,
    size: 26,
    gap: GAP,
    grid: { show: false },
    ticks: { show: false },
    border: { show: true, stroke: paint('var(--line-strong)'), width: 1 },
    space: (plot) => widest(plot) + APART,
    ...(isWhole ? { incrs: WHOLE_STEPS } : {}),
    ...(splits === undefined
      ? {}
      : {
          splits: (plot) => {
            const every = everyHowMany(splits.length, {
              // Elements have no width yet when the axis is first drawn.
              width: plot.width,
              widest: widest(plot),
            });
            // The first stands off the edge, where it would be cut.
            const first = Math.min(Math.floor(every / 2), splits.length - 1);
            return splits.filter((_, at) => at % every === first);
          },
        }),
    values: (_, shown) => axisTexts(shown.map(text)),
  };
}

/** The vertical axis, as wide as its texts, with lines across. */
export function valueAxis(paint: Paint, format: (value: number) => string): uPlot.Axis {
  return {
    stroke: paint('var(--ink-faint)'),
    font: FONT,
    gap: GAP,
    space: 44,
    grid: { stroke: paint('var(--line)'), width: 1 },
    ticks: { show: false },
    // It is asked for before there are texts, too.
    size: (plot, texts: readonly string[] | null) => (texts === null ? 32 : widestOf(plot, texts) + GAP + 4),
    values: (_, shown) => axisTexts(shown.map(format)),
  };
}
