import { LineChart } from '../../charts/charts.tsx';
import { Figure } from '../../design/figure.tsx';
import { milliseconds } from '../../design/format.ts';
import type { TrafficInterval } from '../watch-types.ts';
import { stepText, type SpanName } from './spans.ts';

export interface LatencyFigureProps {
  readonly intervals: readonly TrafficInterval[];
  /** Milliseconds since 1970. */
  readonly steps: readonly number[];
  readonly span: SpanName;
}

/** How long answers took. */
export function LatencyFigure({ intervals, steps, span }: LatencyFigureProps) {
  const timed = intervals.flatMap(({ from, latencyMs }) =>
    latencyMs === undefined ? [] : [{ at: Date.parse(from), ...latencyMs }],
  );
  const text = (step: string | number) => stepText(span, Number(step));
  return (
    <Figure
      title="Time in the service"
      note="That 50, 90 and 99 % of the answers did not exceed."
      table={{
        columns: ['Time', '50 %', '90 %', '99 %'],
        rows: () =>
          timed.map(({ at, p50, p90, p99 }) => [
            text(at),
            milliseconds(p50),
            milliseconds(p90),
            milliseconds(p99),
          ]),
      }}
    >
      <LineChart
        label="Time in the service at three quantiles"
        places={timed.map(({ at }) => at)}
        isTime
        placeDomain={[steps[0] ?? 'auto', steps.at(-1) ?? 'auto']}
        domain={[0, 'auto']}
        hasDots={timed.length < 40}
        height={220}
        placeText={text}
        format={(span) => (Number.isInteger(span) && span < 1000 ? `${span} ms` : milliseconds(span))}
        series={[
          { name: '99 %', colour: 'var(--data-2)', values: timed.map(({ p99 }) => p99) },
          { name: '90 %', colour: 'var(--data-4)', values: timed.map(({ p90 }) => p90) },
          { name: '50 %', colour: 'var(--data-1)', values: timed.map(({ p50 }) => p50) },
        ]}
      />
    </Figure>
  );
}
