import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { CodeBlock } from '../../design/code-block.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { DriftStatus } from '../drift/drift-status.tsx';
import { ModelFilter } from '../model-filter.tsx';
import { useParameter } from '../use-parameter.ts';
import { WatchNav } from '../watch-nav.tsx';
import { trafficQuery } from '../watch-queries.ts';
import { SPANS, spanNamed } from './spans.ts';
import { TrafficFigures } from './traffic-figures.tsx';

/** What was asked, how it ended, how long it took, and what was decided. */
export function TrafficPage() {
  const [model, setModel] = useParameter('model');
  const [wanted, setWanted] = useParameter('span');
  const span = spanNamed(wanted);
  const traffic = useQuery(trafficQuery(span, model ?? undefined));
  return (
    <Page
      title="Watch"
      lead="What was asked, what was answered, and whether the world still is what the models know."
    >
      <WatchNav />
      <DriftStatus />
      <div className="watch-filters">
        <ModelFilter model={model ?? undefined} onChoose={setModel} />
        <label className="field watch-filter">
          <span>Time</span>
          <select className="input" value={span} onChange={({ target }) => setWanted(target.value)}>
            {Object.entries(SPANS).map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
      </div>
      <QueryState query={traffic} label="Traffic is being fetched">
        {(found) =>
          found.intervals.length === 0 ? (
            <EmptyState title="Nothing was asked in this time">
              <p>
                Each answer is remembered and counted here within seconds.{' '}
                <Link href="~/">Ask about a picture</Link>, look at a longer time, or send one from a
                terminal:
              </p>
              <CodeBlock>curl -F image=@photo.jpg {window.location.origin}/api/inference/predict</CodeBlock>
            </EmptyState>
          ) : (
            <TrafficFigures traffic={found} span={span} />
          )
        }
      </QueryState>
    </Page>
  );
}
