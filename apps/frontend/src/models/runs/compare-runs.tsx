import { useQueries } from '@tanstack/react-query';
import type { TrainingRun } from '@assay/schema';
import { colourAt } from '../../charts/series.ts';
import { Card } from '../../design/card.tsx';
import { NameText } from '../../design/name-text.tsx';
import { wordsForMetric } from '../metric-words.ts';
import { CurveFigure } from './curve-figure.tsx';
import { differences, epochsOf, validationMetrics, valuesOf } from './curves.ts';
import { bestWords } from './run-words.ts';
import { runQuery } from './run-queries.ts';

/** Figures of the validation part that are laid side by side. */
const SHOWN = ['accuracy', 'auroc', 'logLoss'];

/** Runs side by side: their curves, what differs in the making, and what came of it. */
export function CompareRuns({ ids }: { readonly ids: readonly string[] }) {
  const runs = useQueries({ queries: ids.map(runQuery) }).flatMap(({ data }) => (data === undefined ? [] : [data]));
  if (runs.length < 2) return null;
  const epochs = epochsOf(runs);
  const known = validationMetrics(runs);
  return (
    <Card title="Side by side">
      <div className="models-pair">
        {SHOWN.filter((name) => known.includes(name)).map((name) => (
          <CurveFigure
            key={name}
            title={`${wordsForMetric(name).name} on validation`}
            epochs={epochs}
            series={runs.map((run, at) => ({
              name: run.id,
              colour: colourAt(at),
              values: valuesOf(run, { of: 'validation', name }, epochs),
            }))}
          />
        ))}
      </div>
      <Differences runs={runs} />
    </Card>
  );
}

function Differences({ runs }: { readonly runs: readonly TrainingRun[] }) {
  const rows = differences(runs);
  return (
    <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Settings in which the runs differ">
      <table>
        <thead>
          <tr>
            <th scope="col">Differs</th>
            {runs.map(({ id }) => (
              <th key={id} scope="col">
                {id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Best</th>
            {runs.map((run) => (
              <td key={run.id}>{bestWords(run)}</td>
            ))}
          </tr>
          {rows.map(([key, values]) => (
            <tr key={key}>
              <th scope="row" className="models-setting">
                <NameText>{key}</NameText>
              </th>
              {values.map((value, at) => (
                <td key={at}>
                  <NameText>{value === undefined ? '–' : String(value)}</NameText>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
