import type { ReliabilityBin } from '../metrics/reliability.ts';
import type { ChartFrame } from './chart.ts';
import { renderChart } from './render-chart.ts';
import { seriesColours, themes } from './theme.ts';

/**
 * How often answers of a given confidence were right, beside the diagonal on which confidence and accuracy are
 * equal; below it, how many answers had that confidence. Empty bins are left out.
 *
 * @returns SVG.
 */
export function reliabilityDiagram(bins: readonly ReliabilityBin[], frame: ChartFrame = {}): Promise<string> {
  const { title = 'Reliability', width = 320, height = 280 } = frame;
  const values = bins.filter(({ count }) => count > 0);
  const share = { type: 'quantitative' as const, scale: { domain: [0, 1] } };
  const colour = seriesColours[0];
  return renderChart(
    {
      title: { text: title, limit: width },
      spacing: 8,
      vconcat: [
        {
          width,
          height,
          layer: [
            {
              data: { values: [{ x: 0, y: 0, x2: 1, y2: 1 }] },
              mark: { type: 'rule', strokeDash: [5, 4], color: themes.light.muted },
              encoding: {
                x: { field: 'x', ...share },
                y: { field: 'y', ...share },
                x2: { field: 'x2' },
                y2: { field: 'y2' },
              },
            },
            {
              data: { values },
              mark: { type: 'bar', color: colour, opacity: 0.25 },
              encoding: {
                x: { field: 'from', ...share, bin: 'binned', title: null },
                x2: { field: 'to' },
                y: { field: 'accuracy', ...share, title: 'share that was right' },
              },
            },
            {
              data: { values },
              mark: {
                type: 'line',
                color: colour,
                strokeWidth: 2,
                point: { size: 40, filled: true, color: colour },
              },
              encoding: {
                x: { field: 'confidence', ...share, axis: { grid: false, labels: false } },
                y: { field: 'accuracy', ...share },
              },
            },
          ],
        },
        {
          width,
          height: 60,
          data: { values },
          mark: { type: 'bar', color: themes.light.muted },
          encoding: {
            x: { field: 'from', ...share, bin: 'binned', title: 'confidence' },
            x2: { field: 'to' },
            y: { field: 'count', type: 'quantitative', title: 'inputs', axis: { tickCount: 3 } },
          },
        },
      ],
    },
    { ...frame, title },
  );
}
