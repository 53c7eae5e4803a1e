import { Bar, BarChart as Chart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartTip } from './chart-tip.tsx';
import { rowsOf, type Series } from './series.ts';

export interface BarChartProps {
  /** For those who listen: what the bars are. */
  readonly label: string;
  readonly places: readonly (string | number)[];
  readonly series: readonly Series[];
  /** On top of each other, else side by side. */
  readonly isStacked?: boolean;
  /** Default: where there are several series; of a single one the title says what it is. */
  readonly hasLegend?: boolean;
  /** Pixels. */
  readonly height?: number;
  readonly hasVerticalAxis?: boolean;
  /** In the tooltip; the axis where `tickText` is left out. */
  placeText?(place: string | number): string;
  tickText?(place: string | number): string;
  format(value: number): string;
}

const asText = (place: string | number) => String(place);

/** Bars, by Recharts: fetched when the first is drawn, see `charts.tsx`. */
export default function BarChart({
  label,
  places,
  series,
  isStacked = false,
  height = 220,
  hasVerticalAxis = true,
  placeText = asText,
  tickText = placeText,
  format,
}: BarChartProps) {
  return (
    <ResponsiveContainer width="100%" height={height}>
      <Chart
        data={rowsOf(places, series)}
        margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        barCategoryGap={places.length > 40 ? 0 : '12%'}
        barGap={1}
        title={label}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="place"
          tickFormatter={tickText}
          tickLine={false}
          stroke="var(--line-strong)"
          tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          minTickGap={16}
          interval="preserveStartEnd"
        />
        {hasVerticalAxis && (
          <YAxis
            tickFormatter={format}
            tickLine={false}
            axisLine={false}
            width="auto"
            tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
            tickCount={4}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--sunken)' }}
          content={<ChartTip series={series} placeText={placeText} format={format} />}
        />
        {series.map(({ colour }, index) => (
          <Bar
            key={index}
            dataKey={`s${index}`}
            fill={colour}
            isAnimationActive={false}
            {...(isStacked ? { stackId: 'all' } : {})}
          />
        ))}
      </Chart>
    </ResponsiveContainer>
  );
}
