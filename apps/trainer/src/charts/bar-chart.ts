import { distinctNames, scaleOf, type Axis, type ChartFrame } from './chart.ts';
import { renderChart } from './render-chart.ts';
import { seriesStyles, themes } from './theme.ts';

/** One bar; `low` and `high` draw an interval on it; bars of a label stand together, one for each `group`. */
export interface Bar {
  label: string;
  value: number;
  low?: number;
  high?: number;
  group?: string;
}

/** Bars that lie, a label each, in the order given, for example importance by feature. @returns SVG. */
export function barChart(chart: ChartFrame & { value: Axis; bars: readonly Bar[] }): Promise<string> {
  const { value, title, width = 420 } = chart;
  const bars = chart.bars.filter((bar) => Number.isFinite(bar.value));
  const grouped = bars.some(({ group }) => group !== undefined);
  const groups = grouped ? [...new Set(bars.map(({ group = '' }) => group))] : [''];
  const labels = grouped ? bars.map(({ label }) => label) : distinctNames(bars.map(({ label }) => label));
  const order = [...new Set(labels)];
  const step = grouped ? 14 * groups.length + 8 : 22;
  const { height = Math.max(40, step * order.length) } = chart;
  const values = bars.map((bar, index) => ({ group: '', ...bar, label: labels[index] }));
  const intervals = values.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const axis = { ...value, scale: 'linear' as const, zero: value.zero ?? true };
  const y = {
    field: 'label',
    type: 'nominal' as const,
    title: null,
    scale: { domain: order, paddingInner: 0.25 },
    axis: { ticks: false, domain: false },
  };
  const offset = grouped ? { yOffset: { field: 'group', scale: { domain: groups } } } : {};
  return renderChart(
    {
      ...(title === undefined ? {} : { title: { text: title, limit: width } }),
      width,
      height,
      data: { values },
      encoding: { y, ...offset },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            x: { field: 'value', type: 'quantitative', title: value.title, scale: scaleOf(axis) },
            color: {
              field: 'group',
              type: 'nominal',
              scale: { domain: groups, range: seriesStyles(groups.length).colours },
              legend: grouped ? { title: null } : null,
            },
          },
        },
        ...(intervals.length === 0
          ? []
          : [
              {
                data: { values: intervals },
                mark: { type: 'rule' as const, strokeWidth: 1.5, color: themes.light.ink },
                encoding: { x: { field: 'low', type: 'quantitative' as const }, x2: { field: 'high' } },
              },
            ]),
      ],
    },
    chart,
  );
}
