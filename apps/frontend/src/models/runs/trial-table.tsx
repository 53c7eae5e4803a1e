import type { SweepDetails } from '@assay/schema';
import { Badge, type Tone } from '../../design/badge.tsx';
import { Card } from '../../design/card.tsx';
import { NameText } from '../../design/name-text.tsx';
import { figureText } from '../figure-text.ts';
import { wordsForMetric } from '../metric-words.ts';
import { spanWords } from './run-words.ts';

type Trial = SweepDetails['trials'][number];

const STATES: Readonly<Record<Trial['status'], { words: string; tone: Tone }>> = {
  running: { words: 'goes on', tone: 'accent' },
  finished: { words: 'finished', tone: 'good' },
  stopped: { words: 'ended early', tone: 'plain' },
  failed: { words: 'failed', tone: 'bad' },
};

/** The trials, the best first. */
export function TrialTable({ sweep: { trials, metric, best } }: { readonly sweep: SweepDetails }) {
  const { name, better } = wordsForMetric(metric);
  const sign = better === 'lower' ? 1 : -1;
  const rank = ({ value }: Trial) => (typeof value === 'number' ? sign * value : Infinity);
  return (
    <Card title="Trials">
      <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Trials, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">Trial</th>
              <th scope="col">State</th>
              <th scope="col" className="number">
                {name}
              </th>
              <th scope="col" className="number">
                Took
              </th>
              <th scope="col">Settings</th>
            </tr>
          </thead>
          <tbody>
            {trials
              .toSorted((a, b) => rank(a) - rank(b) || a.trial - b.trial)
              .map(({ trial, status, value, seconds, values, reason }) => (
                <tr key={trial}>
                  <th scope="row">
                    {trial === 0 ? 'default' : trial} {trial === best && <Badge tone="warn">best</Badge>}
                  </th>
                  <td>
                    <Badge tone={STATES[status].tone}>{STATES[status].words}</Badge>
                  </td>
                  <td className="number">{typeof value === 'number' ? figureText(metric, value) : '–'}</td>
                  <td className="number">{seconds === undefined ? '–' : spanWords(seconds)}</td>
                  <td className="models-values">
                    <NameText>
                      {reason ??
                        Object.entries(values)
                          .map(([key, one]) => `${key.split('.').at(-1)} ${String(one)}`)
                          .join(', ')}
                    </NameText>
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
