import { useCallback, useMemo } from 'react';
import uPlot from 'uplot';
import { placeAxis, valueAxis } from './axes.ts';
import { ChartTip } from './chart-tip.tsx';
import { markHook, type Mark } from './mark.ts';
import type { Paint } from './paint.ts';
import { Plot } from './plot.tsx';
import type { Series } from './series.ts';

/** From, to; `auto` leaves an end to the data. */
export type Domain = readonly [number | 'auto', number | 'auto'];

export interface LineChartProps {
  /** For those who listen: what the lines are. */
  readonly label: string;
  /** The horizontal axis, ascending numbers. */
  readonly places: readonly number[];
  /** Whether places are milliseconds since 1970. */
  readonly isTime?: boolean;
  readonly series: readonly Series[];
  readonly placeDomain?: Domain;
  readonly domain?: Domain;
  readonly hasDots?: boolean;
  /** Pixels. */
  readonly height?: number;
  readonly mark?: Mark;
  placeText(place: string | number): string;
  tickText?(place: string | number): string;
  format(value: number): string;
}

/** Pixels. */
const DOT = 7;

/** Lines, by uPlot: fetched when the first is drawn, see `charts.tsx`. */
export default function LineChart({
  label,
  places,
  isTime = false,
  series,
  placeDomain = ['auto', 'auto'],
  domain = ['auto', 'auto'],
  hasDots = false,
  height = 240,
  mark,
  placeText,
  tickText = placeText,
  format,
}: LineChartProps) {
  const data = useMemo<uPlot.AlignedData>(
    () => [[...places], ...series.map(({ values }) => [...values])],
    [places, series],
  );
  const options = useCallback(
    (paint: Paint) => ({
      ms: 1 as const,
      padding: [12, 12, 0, 0] satisfies uPlot.Padding,
      scales: { x: { time: isTime, range: exactly(placeDomain) }, y: { range: roundly(domain) } },
      axes: [
        placeAxis({
          paint,
          examples: [places[0] ?? 0, places.at(-1) ?? 0],
          isWhole: !isTime && places.every(Number.isInteger),
          text: tickText,
        }),
        valueAxis(paint, format),
      ],
      series: [
        {},
        ...series.map(({ colour, isDashed = false }) => ({
          stroke: paint(colour),
          width: isDashed ? 1.5 : 2,
          ...(isDashed ? { dash: [5, 5] } : {}),
          spanGaps: true,
          points: { show: hasDots && !isDashed, size: DOT, width: 0, fill: paint(colour) },
        })),
      ],
      ...(mark === undefined ? {} : { hooks: { draw: [markHook(mark, paint)] } }),
    }),
    [places, isTime, series, placeDomain, domain, hasDots, mark, tickText, format],
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

/** The range of a scale that ends with its data. */
function exactly([low, high]: Domain) {
  return (_: uPlot, least: number | null, most: number | null): uPlot.Range.MinMax => {
    const from = low === 'auto' ? (least ?? 0) : low;
    const to = high === 'auto' ? (most ?? from) : high;
    // A single place stands in the middle.
    return from === to ? [from - 1, to + 1] : [from, to];
  };
}

/** The range of a scale that leaves some room above and below its data. */
function roundly([low, high]: Domain) {
  return (_: uPlot, least: number | null, most: number | null): uPlot.Range.MinMax => {
    const from = low === 'auto' ? (least ?? 0) : low;
    const to = high === 'auto' ? Math.max(from, most ?? from) : high;
    const [below, above] = uPlot.rangeNum(from, to, 0.1, true);
    return [low === 'auto' ? below : low, high === 'auto' ? above : high];
  };
}
