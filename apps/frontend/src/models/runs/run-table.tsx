import type { TrainingRunEntry } from '@assay/schema';
import { Link } from 'wouter';
import { Badge } from '../../design/badge.tsx';
import { Card } from '../../design/card.tsx';
import { ChooseBox } from '../../design/choose-box.tsx';
import { moment } from '../../design/format.ts';
import { bestWords, RUN_STATES, spanWords } from './run-words.ts';

export interface RunTableProps {
  readonly runs: readonly TrainingRunEntry[];
  /** Ids of those that are compared. */
  readonly chosen: readonly string[];
  onToggle(id: string): void;
}

/** A line a run. */
export function RunTable({ runs, chosen, onToggle }: RunTableProps) {
  return (
    <Card title="Training runs">
      <p className="figure-note">Choose two or more to lay them side by side.</p>
      <div className="wide" tabIndex={0} role="region" aria-label="Training runs, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="heard">Compare</span>
              </th>
              <th scope="col">Run</th>
              <th scope="col">Begun</th>
              <th scope="col">State</th>
              <th scope="col" className="number">
                Epochs
              </th>
              <th scope="col">Best on validation</th>
              <th scope="col" className="number">
                Took
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => {
              const { id, startedAt, state, epochs, plannedEpochs, seconds } = run;
              const { words, tone } = RUN_STATES[state];
              return (
                <tr key={id}>
                  <td>
                    <ChooseBox label={`Compare ${id}`} isChosen={chosen.includes(id)} onToggle={() => onToggle(id)} />
                  </td>
                  <td className="row-name">
                    <Link href={`/-/runs/${id}`}>{id}</Link>
                  </td>
                  <td>{moment(startedAt)}</td>
                  <td>
                    <Badge tone={tone}>{words}</Badge>
                  </td>
                  <td className="number">
                    {epochs}
                    {plannedEpochs !== undefined && ` of ${plannedEpochs}`}
                  </td>
                  <td>{bestWords(run)}</td>
                  <td className="number">{spanWords(seconds)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
