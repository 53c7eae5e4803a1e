import { distinctNames, type ChartFrame } from './chart.ts';
import { renderChart } from './render-chart.ts';
import { seriesColours, themes } from './theme.ts';

/** A value of a trial: numbers have an axis, anything else a place each in alphabetical order. */
export type Coordinate = number | string | boolean | null | undefined;

/** An axis of the picture. */
export interface Dimension {
  name: string;
  /** For numbers; `log` where all of them are above 0. Default `linear`. */
  scale?: 'linear' | 'log';
}

/** One line: a value for each dimension, in their order; what is missing is passed over. */
export interface Trial {
  values: readonly Coordinate[];
}

/**
 * Trials as lines across an axis for each setting, the last axis being the metric: what the good ones have in
 * common shows as a bundle. The best is drawn last, thick and in a colour of its own.
 *
 * @param chart.better Which end of the last dimension is the good one.
 * @returns SVG.
 */
export function parallelCoordinates(
  chart: ChartFrame & {
    dimensions: readonly Dimension[];
    trials: readonly Trial[];
    better: 'higher' | 'lower';
  },
): Promise<string> {
  const { dimensions, trials, better, title } = chart;
  const {
    width = dimensions.reduce((sum, { name }) => sum + Math.max(110, 8 * name.length), 0),
    height = 280,
  } = chart;
  const names = distinctNames(dimensions.map(({ name }) => name));
  const axes = dimensions.map((dimension, index) =>
    axisOf(
      dimension,
      trials.map(({ values }) => values[index]),
    ),
  );
  const metric = axes.at(-1);
  const worth = trials.map(({ values }) => {
    const place = metric?.place(values.at(dimensions.length - 1));
    return place === undefined ? -1 : better === 'higher' ? place : 1 - place;
  });
  const best = worth.indexOf(Math.max(...worth));
  const lines = trials.flatMap(({ values }, trial) =>
    axes.flatMap((axis, index) => {
      const place = axis.place(values[index]);
      return place === undefined ? [] : { axis: names[index], place, trial, worth: worth[trial]! };
    }),
  );
  const x = {
    field: 'axis',
    type: 'nominal' as const,
    title: null,
    scale: { type: 'point' as const, domain: names, padding: 0.4 },
  };
  const y = {
    field: 'place',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: null,
  };
  const top = { orient: 'top' as const, labelAngle: 0, labelFontWeight: 600 as const, domain: false };
  const places = { x: { ...x, axis: { ...top, grid: true } }, y, detail: { field: 'trial' } };
  const ticks = {
    data: {
      values: axes.flatMap((axis, index) => axis.ticks.map((tick) => ({ axis: names[index], ...tick }))),
    },
    encoding: { x, y, text: { field: 'text', type: 'nominal' as const } },
  };
  const tickText = { type: 'text' as const, align: 'left' as const, dx: 5, fontSize: 10, limit: 110 };
  const { ink, paper } = themes.light;
  return renderChart(
    {
      ...(title === undefined ? {} : { title: { text: title, limit: width } }),
      width,
      height,
      layer: [
        {
          data: { values: lines.filter(({ trial }) => trial !== best) },
          mark: { type: 'line', strokeWidth: 1.5, opacity: 0.75 },
          encoding: {
            ...places,
            color: {
              field: 'worth',
              type: 'quantitative',
              scale: { domain: [0, 1], range: ['#b4bcc6', seriesColours[0]] },
              legend: null,
            },
          },
        },
        {
          data: { values: lines.filter(({ trial }) => trial === best) },
          mark: { type: 'line', strokeWidth: 3.5, color: seriesColours[1] },
          encoding: places,
        },
        // The text's halo keeps it legible where lines cross it.
        { ...ticks, mark: { ...tickText, stroke: paper, strokeWidth: 3, strokeOpacity: 0.85 } },
        { ...ticks, mark: { ...tickText, color: ink } },
      ],
    },
    chart,
  );
}

interface PlacedAxis {
  /** 0 (bottom) to 1 (top); `undefined` for what has no place. */
  place(value: Coordinate): number | undefined;
  ticks: { place: number; text: string }[];
}

function axisOf({ scale = 'linear' }: Dimension, values: readonly Coordinate[]): PlacedAxis {
  const known = values.filter((value) => value !== null && value !== undefined);
  if (known.every((value) => typeof value === 'number'))
    return numberAxis(scale, known.filter(Number.isFinite));
  const texts = [...new Set(known.map(String))].sort();
  const place = (text: string) => (texts.length === 1 ? 0.5 : texts.indexOf(text) / (texts.length - 1));
  return {
    place: (value) => (value === null || value === undefined ? undefined : place(String(value))),
    ticks: texts.map((text) => ({ place: place(text), text })),
  };
}

function numberAxis(scale: 'linear' | 'log', values: readonly number[]): PlacedAxis {
  const isLog = scale === 'log' && values.every((value) => value > 0);
  const forth = (value: number) => (isLog ? Math.log(value) : value);
  const back = (value: number) => (isLog ? Math.exp(value) : value);
  const [low, high] = [forth(Math.min(...values)), forth(Math.max(...values))];
  const at = (value: number) => (high === low ? 0.5 : (forth(value) - low) / (high - low));
  const shares = values.length === 0 ? [] : high === low ? [0] : [0, 0.25, 0.5, 0.75, 1];
  return {
    place: (value) => (typeof value === 'number' && Number.isFinite(value) ? at(value) : undefined),
    ticks: shares.map((share) => {
      const value = back(low + share * (high - low));
      return { place: at(value), text: String(Number(value.toPrecision(3))) };
    }),
  };
}
