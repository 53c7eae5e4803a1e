import { distinctNames, fits, scaleOf, type Axis, type ChartFrame } from './chart.ts';
import { renderChart } from './render-chart.ts';
import { seriesStyles } from './theme.ts';

/** One line. Points that are not finite, or do not fit a logarithmic axis, are left out. */
export interface Series {
  name: string;
  points: readonly { readonly x: number; readonly y: number }[];
}

/** Up to so many points in all, each is marked: a line of one point would not be seen. */
const markedPoints = 120;

/** Lines over a common axis, for example loss by epoch. @returns SVG. */
export function lineChart(
  chart: ChartFrame & { x: Axis; y: Axis; series: readonly Series[] },
): Promise<string> {
  const { x, y, series, title, width = 520, height = 280 } = chart;
  const names = distinctNames(series.map(({ name }) => name));
  const values = series.flatMap(({ points }, index) =>
    points
      .filter((point) => fits(point.x, x) && fits(point.y, y))
      .map((point) => ({ x: point.x, y: point.y, series: names[index] })),
  );
  const isWhole = values.every((point) => Number.isInteger(point.x));
  const styles = seriesStyles(names.length);
  const legend = names.length > 1 ? { title: null, symbolType: 'stroke', symbolSize: 220 } : null;
  return renderChart(
    {
      ...(title === undefined ? {} : { title: { text: title, limit: width } }),
      width,
      height,
      data: { values },
      mark: {
        type: 'line',
        strokeWidth: 2,
        ...(values.length <= markedPoints ? { point: { size: 28, filled: true } } : {}),
      },
      encoding: {
        x: {
          field: 'x',
          type: 'quantitative',
          title: x.title,
          scale: scaleOf(x),
          axis: { grid: false, ...(isWhole ? { tickMinStep: 1 } : {}) },
        },
        y: { field: 'y', type: 'quantitative', title: y.title, scale: scaleOf(y) },
        color: {
          field: 'series',
          type: 'nominal',
          scale: { domain: names, range: styles.colours },
          legend,
        },
        strokeDash: {
          field: 'series',
          type: 'nominal',
          scale: { domain: names, range: styles.dashes },
          legend,
        },
      },
    },
    chart,
  );
}
