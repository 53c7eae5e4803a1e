import type { EpochRecord, StoredRun } from '@assay/training-runs';
import { lineChart } from '../charts/line-chart.ts';
import { heatTable } from '../charts/heat-table.ts';
import { distinctNames } from '../charts/chart.ts';
import type { RunPictures } from './run-pictures.ts';

/** A picture and the name of its file. */
export interface NamedChart {
  name: string;
  title: string;
  svg: string;
}

/** A quantity over the epochs. */
interface Curve {
  name: string;
  title: string;
  axis: string;
  lines: { label: string; value: (record: EpochRecord) => number | undefined }[];
}

const curves: Curve[] = [
  {
    name: 'loss',
    title: 'Loss',
    axis: 'mean loss',
    lines: [
      { label: 'training', value: ({ loss }) => loss },
      { label: 'validation', value: ({ validation }) => validation?.logLoss },
    ],
  },
  {
    name: 'accuracy',
    title: 'Accuracy',
    axis: 'share right',
    lines: [
      { label: 'training', value: ({ accuracy }) => accuracy },
      { label: 'validation', value: ({ validation }) => validation?.accuracy },
    ],
  },
  {
    name: 'precision-recall',
    title: 'Validation',
    axis: 'mean over the classes',
    lines: [
      { label: 'precision', value: ({ validation }) => validation?.macroPrecision },
      { label: 'recall', value: ({ validation }) => validation?.macroRecall },
    ],
  },
  {
    name: 'learning-rate',
    title: 'Learning rate',
    axis: 'learning rate',
    lines: [{ label: '', value: ({ learningRate }) => learningRate }],
  },
  {
    name: 'throughput',
    title: 'Throughput',
    axis: 'examples per second',
    lines: [{ label: '', value: ({ examplesPerSecond }) => examplesPerSecond }],
  },
  {
    name: 'memory',
    title: 'Memory',
    axis: 'MB',
    lines: [{ label: '', value: ({ rssBytes }) => rssBytes / 1e6 }],
  },
  {
    name: 'processor',
    title: 'Processor',
    axis: 'cores busy',
    lines: [{ label: '', value: ({ cpuCores }) => cpuCores }],
  },
];

/**
 * Curves over the epochs. One run: a picture a quantity, training and validation in it together. Several: a
 * picture each for training and validation, and a line for every run. What no run has logged is left out.
 */
export async function curveCharts(runs: readonly StoredRun[]): Promise<NamedChart[]> {
  const names = distinctNames(runs.map(({ name }) => name));
  const pointsOf = (run: StoredRun, value: (record: EpochRecord) => number | undefined) =>
    run.epochs.map((record) => ({ x: record.epoch, y: value(record) ?? Number.NaN }));
  const pictures = curves.flatMap(({ name, title, axis, lines }) =>
    runs.length === 1
      ? [
          {
            name,
            title,
            axis,
            series: lines.map((line) => ({ name: line.label, points: pointsOf(runs[0]!, line.value) })),
          },
        ]
      : lines.map((line) => ({
          name: [name, line.label].filter(Boolean).join('-'),
          title: [title, line.label].filter(Boolean).join(': '),
          axis,
          series: runs.map((run, index) => ({ name: names[index]!, points: pointsOf(run, line.value) })),
        })),
  );
  const charts = pictures.map(async ({ name, title, axis, series }) => {
    const drawn = series.filter(({ points }) => points.some(({ y }) => Number.isFinite(y)));
    if (drawn.length === 0) return undefined;
    const svg = await lineChart({ title, x: { title: 'epoch' }, y: { title: axis }, series: drawn });
    return { name, title, svg };
  });
  return (await Promise.all(charts)).filter((chart) => chart !== undefined);
}

/** The confusion matrix of a run's best epoch. */
export async function confusionChart({ confusion }: RunPictures): Promise<NamedChart | undefined> {
  if (confusion === undefined) return undefined;
  const { labels, matrix, epoch } = confusion;
  const title = `Confusion on the validation part, epoch ${epoch}`;
  return {
    name: 'confusion',
    title,
    svg: await heatTable({
      title,
      rows: { title: 'true', labels },
      columns: { title: 'answered', labels },
      values: matrix,
      colour: 'row-share',
    }),
  };
}
