import { distinctNames, fits, scaleOf, type Axis, type ChartFrame } from './chart.ts';
import { renderChart } from './render-chart.ts';
import { seriesStyles, themes } from './theme.ts';

/** A point; `label` stands beside it, `group` gives colour and shape, `size` (any unit, above 0) the area. */
export interface ScatterPoint {
  x: number;
  y: number;
  label?: string;
  group?: string;
  size?: number;
}

/** Points over two axes of numbers, for example accuracy by latency. @returns SVG. */
export function scatterChart(
  chart: ChartFrame & { x: Axis; y: Axis; size?: string; points: readonly ScatterPoint[] },
): Promise<string> {
  const { x, y, points, size, title, width = 480, height = 320 } = chart;
  const shown = points.filter((point) => fits(point.x, x) && fits(point.y, y));
  const groups = [...new Set(shown.map(({ group = '' }) => group))];
  const names = distinctNames(groups);
  const styles = seriesStyles(groups.length);
  const values = shown.map((point) => ({ group: '', label: '', size: 1, ...point }));
  const legend = groups.length > 1 ? { title: null } : null;
  const place = {
    x: { field: 'x', type: 'quantitative' as const, title: x.title, scale: { ...scaleOf(x), padding: 24 } },
    y: { field: 'y', type: 'quantitative' as const, title: y.title, scale: { ...scaleOf(y), padding: 24 } },
  };
  return renderChart(
    {
      ...(title === undefined ? {} : { title: { text: title, limit: width } }),
      width,
      height,
      data: { values },
      layer: [
        {
          mark: { type: 'point', filled: true, opacity: 0.9, size: 70 },
          encoding: {
            ...place,
            color: {
              field: 'group',
              type: 'nominal',
              scale: { domain: names, range: styles.colours },
              legend,
            },
            shape: {
              field: 'group',
              type: 'nominal',
              scale: { domain: names, range: styles.shapes },
              legend,
            },
            ...(size === undefined
              ? {}
              : {
                  size: {
                    field: 'size',
                    type: 'quantitative' as const,
                    title: size,
                    scale: { zero: true, range: [0, 400] },
                  },
                }),
          },
        },
        {
          mark: {
            type: 'text',
            align: 'left',
            dx: 9,
            dy: -5,
            fontSize: 11,
            limit: 200,
            color: themes.light.ink,
          },
          encoding: { ...place, text: { field: 'label', type: 'nominal' } },
        },
      ],
    },
    chart,
  );
}
