import { useQuery } from '@tanstack/react-query';
import type { TrainingRun } from '@assay/schema';
import { useState } from 'react';
import { Link } from 'wouter';
import { Stat, Stats } from '../../charts/stat.tsx';
import { Card } from '../../design/card.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { moment } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { figureText } from '../figure-text.ts';
import { inOrder, wordsForMetric } from '../metric-words.ts';
import { CurveFigure } from './curve-figure.tsx';
import { epochsOf, validationMetrics, valuesOf } from './curves.ts';
import { RUN_STATES, spanWords } from './run-words.ts';
import { runQuery } from './run-queries.ts';

/** One run: how it went, and what it was told to do. */
export function RunPage({ id }: { readonly id: string }) {
  const run = useQuery(runQuery(id));
  return (
    <Page title={id}>
      <p className="page-back">
        <Link href="/-/runs">All runs</Link>
      </p>
      <QueryState query={run} label="The run is being fetched">
        {(found) => <Run run={found} />}
      </QueryState>
    </Page>
  );
}

function Run({ run }: { readonly run: TrainingRun }) {
  const { state, startedAt, epochs, plannedEpochs, seconds, metric, best, command, settings } = run;
  const axis = epochsOf([run]);
  const training = (name: 'loss' | 'accuracy' | 'learningRate') =>
    valuesOf(run, { of: 'training', name }, axis);
  const validation = (name: string) => valuesOf(run, { of: 'validation', name }, axis);
  const others = inOrder(validationMetrics([run]).filter((name) => !['logLoss', 'accuracy'].includes(name)));
  const [chosen, setOther] = useState<string>();
  const other = chosen ?? others[0];
  return (
    <>
      <Card>
        <Stats>
          <Stat label="State" value={RUN_STATES[state].words} note={moment(startedAt)} />
          <Stat
            label="Epochs"
            value={String(epochs)}
            note={plannedEpochs === undefined ? undefined : `of ${plannedEpochs}`}
          />
          {best !== undefined && (
            <Stat
              label={`Best ${wordsForMetric(metric).name.toLowerCase()}`}
              value={figureText(metric, best.value)}
              note={`validation, epoch ${best.epoch}`}
            />
          )}
          <Stat label="Took" value={spanWords(seconds)} />
        </Stats>
        <CodeBlock label="Command">
          {command}
        </CodeBlock>
      </Card>
      {axis.length > 0 && (
        <Card title="Curves">
          <div className="models-pair">
            <CurveFigure
              title="Loss"
              epochs={axis}
              best={best?.epoch}
              series={[
                { name: 'training', colour: 'var(--data-6)', values: training('loss') },
                { name: 'validation', colour: 'var(--data-1)', values: validation('logLoss') },
              ]}
            />
            <CurveFigure
              title="Accuracy"
              epochs={axis}
              best={best?.epoch}
              series={[
                { name: 'training', colour: 'var(--data-6)', values: training('accuracy') },
                { name: 'validation', colour: 'var(--data-1)', values: validation('accuracy') },
              ]}
            />
            {other !== undefined && (
              <div className="models-part">
                <label className="field">
                  <span>Another figure</span>
                  <select className="input" value={other} onChange={({ target }) => setOther(target.value)}>
                    {others.map((name) => (
                      <option key={name} value={name}>
                        {wordsForMetric(name).name}
                      </option>
                    ))}
                  </select>
                </label>
                <CurveFigure
                  title={wordsForMetric(other).name}
                  epochs={axis}
                  series={[{ name: 'validation', colour: 'var(--data-1)', values: validation(other) }]}
                />
              </div>
            )}
            <CurveFigure
              title="Learning rate"
              epochs={axis}
              format={(value) => value.toPrecision(2)}
              series={[{ name: 'learning rate', colour: 'var(--data-4)', values: training('learningRate') }]}
            />
          </div>
        </Card>
      )}
      <Card title="What it was told">
        <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Settings">
          <table>
            <tbody>
              {Object.entries(settings).map(([key, value]) => (
                <tr key={key}>
                  <th scope="row" className="models-setting">
                    <NameText>{key}</NameText>
                  </th>
                  <td>
                    <NameText>{String(value)}</NameText>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
    </>
  );
}
