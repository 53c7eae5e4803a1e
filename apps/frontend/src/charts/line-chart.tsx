import {
  CartesianGrid,
  Line,
  LineChart as Chart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { ChartTip } from './chart-tip.tsx';
import { rowsOf, type Series } from './series.ts';

/** From, to; `auto` leaves an end to the data. */
export type Domain = readonly [number | 'auto', number | 'auto'];

export interface LineChartProps {
  /** For those who listen: what the lines are. */
  readonly label: string;
  /** The horizontal axis, ascending numbers. */
  readonly places: readonly number[];
  readonly series: readonly Series[];
  readonly placeDomain?: Domain;
  /** Places that are written along the axis; chosen by Recharts where left out. */
  readonly ticks?: readonly number[];
  readonly domain?: Domain;
  readonly hasDots?: boolean;
  /** Pixels. */
  readonly height?: number;
  /** A line across at this value, with its words. */
  readonly mark?: { readonly place?: number; readonly value?: number; readonly text: string };
  placeText(place: string | number): string;
  tickText?(place: string | number): string;
  format(value: number): string;
}

/** Lines, by Recharts: fetched when the first is drawn, see `charts.tsx`. */
export default function LineChart({
  label,
  places,
  series,
  placeDomain = ['auto', 'auto'],
  ticks,
  domain = ['auto', 'auto'],
  hasDots = false,
  height = 240,
  mark,
  placeText,
  tickText = placeText,
  format,
}: LineChartProps) {
  return (
    <ResponsiveContainer width="100%" height={height}>
      <Chart data={rowsOf(places, series)} margin={{ top: 12, right: 8, bottom: 0, left: 0 }} title={label}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="place"
          type="number"
          domain={[...placeDomain]}
          {...(ticks === undefined ? {} : { ticks: [...ticks] })}
          tickFormatter={tickText}
          tickLine={false}
          stroke="var(--line-strong)"
          tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          minTickGap={24}
        />
        <YAxis
          domain={[...domain]}
          tickFormatter={format}
          tickLine={false}
          axisLine={false}
          width="auto"
          tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          tickCount={5}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)' }}
          content={<ChartTip series={series} placeText={placeText} format={format} />}
        />
        {mark !== undefined && (
          <ReferenceLine
            {...(mark.place === undefined ? {} : { x: mark.place })}
            {...(mark.value === undefined ? {} : { y: mark.value })}
            stroke="var(--ink-faint)"
            strokeDasharray="3 4"
            label={{
              value: mark.text,
              position: mark.value === undefined ? 'insideTopRight' : 'insideBottomLeft',
              fill: 'var(--ink-soft)',
              fontSize: 12,
            }}
          />
        )}
        {series.map(({ colour, isDashed = false }, index) => (
          <Line
            key={index}
            dataKey={`s${index}`}
            type="linear"
            stroke={colour}
            strokeWidth={isDashed ? 1.5 : 2}
            {...(isDashed ? { strokeDasharray: '5 5' } : {})}
            dot={hasDots && !isDashed ? { r: 3, fill: colour, strokeWidth: 0 } : false}
            activeDot={{ r: 4 }}
            connectNulls
            isAnimationActive={false}
          />
        ))}
      </Chart>
    </ResponsiveContainer>
  );
}
