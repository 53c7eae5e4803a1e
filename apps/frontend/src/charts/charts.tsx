import './charts.css';
import { lazy, Suspense } from 'react';
import { Skeleton } from '../design/skeleton.tsx';
import type { BarChartProps } from './bar-chart.tsx';
import type { LineChartProps } from './line-chart.tsx';
import { Legend } from './legend.tsx';

const Bars = lazy(() => import('./bar-chart.tsx'));
const Lines = lazy(() => import('./line-chart.tsx'));

/** Bars with their legend. */
export function BarChart(props: BarChartProps) {
  const { height = 220, label, series, hasLegend = series.length > 1 } = props;
  return (
    <div className="chart">
      <Suspense fallback={<Skeleton height={`${height}px`} label={label} />}>
        <Bars {...props} />
      </Suspense>
      {hasLegend && <Legend series={series} />}
    </div>
  );
}

/** Lines with their legend. */
export function LineChart(props: LineChartProps) {
  const { height = 240, label, series } = props;
  return (
    <div className="chart">
      <Suspense fallback={<Skeleton height={`${height}px`} label={label} />}>
        <Lines {...props} />
      </Suspense>
      {series.length > 1 && <Legend series={series} />}
    </div>
  );
}
