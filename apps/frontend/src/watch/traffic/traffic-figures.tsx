import { Stat, Stats } from '../../charts/stat.tsx';
import { Card } from '../../design/card.tsx';
import { milliseconds, percent } from '../../design/format.ts';
import type { Traffic } from '../watch-types.ts';
import { CountFigure } from './count-figure.tsx';
import { LatencyFigure } from './latency-figure.tsx';
import { RefusalTable } from './refusal-table.tsx';
import { spanOf, stepsOf, type SpanName } from './spans.ts';
import { summarise } from './sum-traffic.ts';

/** How requests end always has the same colours. */
const OUTCOME_COLOURS = {
  answered: 'var(--data-1)',
  refused: 'var(--data-4)',
  failed: 'var(--data-2)',
  cancelled: 'var(--data-6)',
};

const DECISION_COLOURS = { uncertain: 'var(--data-4)', 'out-of-scope': 'var(--data-6)' };

/** A window of traffic in figures. */
export function TrafficFigures({ traffic, span }: { readonly traffic: Traffic; readonly span: SpanName }) {
  const { intervals, window } = traffic;
  const steps = stepsOf(window, spanOf(span).stepMs);
  const { requests, answered, undecided, told, right, slowest } = summarise(intervals);
  const share = (part: number, whole: number) => (whole === 0 ? '–' : percent(part / whole));
  return (
    <>
      <Card>
        <Stats>
          <Stat label="Requests" value={requests.toLocaleString('en-GB')} />
          <Stat
            label="Answered"
            value={share(answered, requests)}
            note={`${requests - answered} not answered`}
          />
          <Stat label="Undecided" value={share(undecided, answered)} note="uncertain or out of scope" />
          <Stat
            label="Slowest 1 %"
            value={slowest === undefined ? '–' : milliseconds(slowest)}
            note="in the slowest interval"
          />
          <Stat
            label="Right"
            value={share(right, told)}
            note={told === 0 ? 'nobody said what was true' : `of ${told} whose truth is known`}
          />
        </Stats>
      </Card>
      <div className="watch-grid">
        <Card>
          <CountFigure
            title="Requests"
            note="How they ended."
            intervals={intervals}
            steps={steps}
            span={span}
            facet="outcomes"
            colours={OUTCOME_COLOURS}
          />
        </Card>
        <Card>
          <LatencyFigure intervals={intervals} steps={steps} span={span} />
        </Card>
        <Card>
          <CountFigure
            title="Decisions"
            note="What the answers said to do."
            intervals={intervals}
            steps={steps}
            span={span}
            facet="decisions"
            colours={DECISION_COLOURS}
          />
        </Card>
        <Card>
          <RefusalTable intervals={intervals} />
        </Card>
      </div>
    </>
  );
}
