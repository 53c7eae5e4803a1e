import { useCallback, useMemo } from 'react';
import uPlot from 'uplot';
import { placeAxis, valueAxis } from './axes.ts';
import { ChartTip } from './chart-tip.tsx';
import type { Paint } from './paint.ts';
import { Plot } from './plot.tsx';
import { stacked, type Series } from './series.ts';

export interface BarChartProps {
  /** For those who listen: what the bars are. */
  readonly label: string;
  /** Names, or the beginnings of steps of time that follow one another, milliseconds since 1970. */
  readonly places: readonly string[] | readonly number[];
  readonly series: readonly Series[];
  /** On top of each other, else side by side. */
  readonly isStacked?: boolean;
  /** Default: where there are several series; of a single one the title says what it is. */
  readonly hasLegend?: boolean;
  /** Pixels. */
  readonly height?: number;
  readonly hasVerticalAxis?: boolean;
  /** In the tooltip, and along the axis. */
  placeText?(place: string | number): string;
  format(value: number): string;
}

/** Share of its step that a bar, or several side by side, fill. */
const FILLED = 0.86;

/** uPlot's number for "in the units of the horizontal axis"; its name exists only in its types. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const IN_SCALE = 1 as uPlot.Series.BarsPathBuilderFacetUnit;

/** Bars, by uPlot: fetched when the first is drawn, see `charts.tsx`. */
export default function BarChart({
  label,
  places,
  series,
  isStacked = false,
  height = 220,
  hasVerticalAxis = true,
  placeText = String,
  format,
}: BarChartProps) {
  const isTime = typeof places[0] === 'number';
  const { starts, step } = useMemo(() => stepsOf(places), [places]);
  const data = useMemo<uPlot.AlignedData>(
    () => [
      starts.map((start) => start + step / 2),
      // What lies below is drawn over what is on top of it.
      ...(isStacked ? stacked(series).toReversed() : series.map(({ values }) => [...values])),
    ],
    [starts, step, series, isStacked],
  );
  const options = useCallback(
    (paint: Paint) => {
      const colours = series.map(({ colour }) => paint(colour));
      const width = (step * FILLED) / (isStacked ? 1 : Math.max(1, series.length));
      const text = (at: number) => placeText(isTime ? at : (places[Math.floor(at)] ?? ''));
      return {
        ms: 1 as const,
        padding: [8, 8, 0, hasVerticalAxis ? 0 : 8] satisfies uPlot.Padding,
        scales: {
          x: {
            time: isTime,
            range: () => [starts[0] ?? 0, (starts.at(-1) ?? 0) + step] as uPlot.Range.MinMax,
          },
          y: {
            range: (_: uPlot, __: number, highest: number) => uPlot.rangeNum(0, highest || 1, 0.08, true),
          },
        },
        axes: [
          placeAxis({
            paint,
            examples: isTime ? starts.slice(0, 1) : starts,
            ...(isTime ? {} : { splits: starts.map((start) => start + step / 2) }),
            text,
          }),
          hasVerticalAxis ? valueAxis(paint, format) : { show: false },
        ],
        series: [
          {},
          ...(isStacked ? colours.toReversed() : colours).map((fill, at) => {
            const offset = (step * (1 - FILLED)) / 2 + (isStacked ? 0 : at * width);
            return {
              fill,
              width: 0,
              points: { show: false },
              paths: uPlot.paths.bars!({
                disp: {
                  x0: { unit: IN_SCALE, values: () => starts.map((start) => start + offset) },
                  size: { unit: IN_SCALE, values: () => [width] },
                },
              }),
            };
          }),
        ],
      };
    },
    [places, starts, step, series, isStacked, isTime, hasVerticalAxis, placeText, format],
  );
  return (
    <Plot
      label={label}
      height={height}
      data={data}
      options={options}
      tip={(index) => (
        <ChartTip title={placeText(places[index]!)} series={series} index={index} format={format} />
      )}
    />
  );
}

/** Where bars begin and how far the next is: by time, or one after another. */
function stepsOf(places: BarChartProps['places']): { starts: readonly number[]; step: number } {
  const [first, second] = places;
  if (typeof first !== 'number') return { starts: places.map((_, at) => at), step: 1 };
  return { starts: places as readonly number[], step: typeof second === 'number' ? second - first : 1 };
}
