import { Link, useLocation } from 'wouter';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { ChooseBox } from '../../design/choose-box.tsx';
import { NameText } from '../../design/name-text.tsx';
import { useChosen } from '../../design/use-chosen.ts';
import type { ReportEntry } from '../watch-types.ts';
import { featureWords } from './feature-words.ts';
import { toCompare } from './to-compare.ts';
import { VerdictBadge } from './verdict-badge.tsx';
import { windowText } from './window-text.ts';

const NAMED = 3;

/** Reports as a list; two of one model can be compared. @param reports the latest window first */
export function ReportList({ reports }: { readonly reports: readonly ReportEntry[] }) {
  const [chosen, toggle] = useChosen(2);
  const [, navigate] = useLocation();
  const pair = toCompare(reports, chosen);
  return (
    <Card
      title="Reports"
      aside={
        <Button
          small
          disabled={pair === undefined}
          onClick={() => pair !== undefined && navigate(`/drift/${pair.before}/${pair.after}`)}
        >
          Compare the two chosen
        </Button>
      }
    >
      <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Reports, as a table">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="heard">Compare</span>
              </th>
              <th scope="col">Window</th>
              <th scope="col">Model</th>
              <th scope="col">Verdict</th>
              <th scope="col" className="number">
                Records
              </th>
              <th scope="col">Drifted</th>
            </tr>
          </thead>
          <tbody>
            {reports.map(({ id, model, window, verdict, records, drifted }) => (
              <tr key={id}>
                <td>
                  <ChooseBox
                    label={`Compare ${model.name}, ${windowText(window)}`}
                    isChosen={chosen.includes(id)}
                    onToggle={() => toggle(id)}
                  />
                </td>
                <td className="watch-window">
                  <Link href={`/drift/${id}`}>{windowText(window)}</Link>
                </td>
                <td>
                  <NameText>{`${model.name} ${model.version}`}</NameText>
                </td>
                <td>
                  <VerdictBadge verdict={verdict} />
                </td>
                <td className="number">{records.toLocaleString('en-GB')}</td>
                <td>
                  <NameText>{drifted.slice(0, NAMED).map(featureWords).join(', ')}</NameText>
                  {drifted.length > NAMED && ` and ${drifted.length - NAMED} more`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen.length === 2 && pair === undefined && (
        <p role="status">Only reports of one model can be compared: choose another.</p>
      )}
    </Card>
  );
}
