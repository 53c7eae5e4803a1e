import { BarChart } from '../../charts/charts.tsx';
import { Figure } from '../../design/figure.tsx';
import { words } from '../../design/format.ts';
import type { TrafficInterval } from '../watch-types.ts';
import { stepText, type SpanName } from './spans.ts';
import { countSeries, type Facet } from './sum-traffic.ts';

export interface CountFigureProps {
  readonly title: string;
  readonly note: string;
  readonly intervals: readonly TrafficInterval[];
  /** Milliseconds since 1970. */
  readonly steps: readonly number[];
  readonly span: SpanName;
  readonly facet: Facet;
  readonly colours: Readonly<Record<string, string>>;
}

/** Counts over time, a colour for each name. */
export function CountFigure({ title, note, intervals, steps, span, facet, colours }: CountFigureProps) {
  const series = countSeries(intervals, { steps, facet, colours }).map((one) => ({
    ...one,
    name: words(one.name),
  }));
  const text = (step: string | number) => stepText(span, Number(step));
  return (
    <Figure
      title={title}
      note={note}
      table={{
        columns: ['Time', ...series.map(({ name }) => name)],
        rows: () =>
          steps.flatMap((step, at) =>
            series.some(({ values }) => values[at] !== 0)
              ? [[text(step), ...series.map(({ values }) => values[at] ?? 0)]]
              : [],
          ),
      }}
    >
      <BarChart
        label={`${title} over time`}
        places={steps}
        series={series}
        isStacked
        hasLegend
        placeText={text}
        format={(value) => value.toLocaleString('en-GB')}
      />
    </Figure>
  );
}
