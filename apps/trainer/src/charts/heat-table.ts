import { distinctNames, type ChartFrame } from './chart.ts';
import { renderChart } from './render-chart.ts';
import { sequential } from './theme.ts';

/** Names along one side of a table. */
export interface Side {
  title: string;
  labels: readonly string[];
}

/** Cells smaller than this, in pixels, show their colour only. */
const leastWithText = 24;

/**
 * A table whose cells are the darker the more they hold, for example a confusion matrix.
 *
 * @param table.values `[row][column]`, 0 or above; what is not finite stays empty.
 * @param table.colour What the colour is a share of: the sum of the row (a confusion matrix of classes of
 *   unequal size) or the largest cell. The text is the value.
 * @returns SVG.
 */
export function heatTable(
  table: ChartFrame & {
    rows: Side;
    columns: Side;
    values: readonly (readonly number[])[];
    colour?: 'row-share' | 'value';
  },
): Promise<string> {
  const { values, colour = 'value', title } = table;
  const rows = distinctNames(table.rows.labels);
  const columns = distinctNames(table.columns.labels);
  const cell = Math.max(5, Math.min(56, Math.floor(520 / Math.max(rows.length, columns.length, 1))));
  const { width = Math.max(40, cell * columns.length), height = Math.max(40, cell * rows.length) } = table;
  const largest = Math.max(...values.flat().filter(Number.isFinite), Number.MIN_VALUE);
  const cells = rows.flatMap((row, at) => {
    const line = values[at] ?? [];
    const sum = line.reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
    return columns.flatMap((column, index) => {
      const value = line[index];
      if (value === undefined || !Number.isFinite(value)) return [];
      const share = colour === 'value' ? value / largest : sum === 0 ? 0 : value / sum;
      return { row, column, share, text: describe(value), ink: share > 0.6 ? '#ffffff' : '#111111' };
    });
  });
  const axis = { labelFontSize: Math.min(11, Math.max(7, cell)), labelLimit: 160, labelOverlap: cell < 12 };
  const isWide = columns.some((name) => name.length * 7 > cell);
  const angle = { labelAngle: isWide ? (cell < leastWithText ? -90 : -50) : 0 };
  const place = {
    y: { field: 'row', type: 'nominal' as const, title: table.rows.title, scale: { domain: rows }, axis },
    x: {
      field: 'column',
      type: 'nominal' as const,
      title: table.columns.title,
      scale: { domain: columns },
      axis: { ...axis, ...angle },
    },
  };
  return renderChart(
    {
      ...(title === undefined ? {} : { title: { text: title } }),
      width,
      height,
      data: { values: cells },
      layer: [
        {
          mark: { type: 'rect' },
          encoding: {
            ...place,
            color: {
              field: 'share',
              type: 'quantitative',
              scale: { domain: [0, 1], range: [...sequential] },
              legend: null,
            },
          },
        },
        ...(cell < leastWithText ? [] : ['#111111', '#ffffff']).map((ink) => ({
          data: { values: cells.filter((one) => one.ink === ink) },
          mark: { type: 'text' as const, fontSize: 11, limit: cell - 2, color: ink },
          encoding: { ...place, text: { field: 'text', type: 'nominal' as const } },
        })),
      ],
    },
    table,
  );
}

function describe(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
