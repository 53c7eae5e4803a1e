import { Link } from 'wouter';
import { Card } from '../../design/card.tsx';
import { NameText } from '../../design/name-text.tsx';
import type { ReportEntry } from '../watch-types.ts';
import { VERDICTS } from './verdict-badge.tsx';
import { windowText } from './window-text.ts';

/** Verdicts of one row, the latest: as many as there is room for. */
const SHOWN = 60;

/** The verdicts over time, a row a model, the latest on the right. @param reports the latest window first */
export function VerdictLine({ reports }: { readonly reports: readonly ReportEntry[] }) {
  const models = [...new Set(reports.map(({ model }) => model.name))].toSorted();
  return (
    <Card title="Verdicts over time">
      <div className="watch-lines">
        {models.map((name) => (
          <div key={name} className="watch-line">
            <NameText>{name}</NameText>
            <ol className="watch-line-marks">
              {reports
                .filter(({ model }) => model.name === name)
                .slice(0, SHOWN)
                .toReversed()
                .map(({ id, verdict, window, drifted }) => {
                  const { words, mark, tone } = VERDICTS[verdict];
                  const said = `${windowText(window)}: ${words}${drifted.length > 0 ? `, ${drifted.length} features` : ''}`;
                  return (
                    <li key={id}>
                      <Link
                        href={`/drift/${id}`}
                        className={`watch-mark tone-${tone}`}
                        title={said}
                        aria-label={`${name}, ${said}`}
                      >
                        <span aria-hidden="true">{mark}</span>
                      </Link>
                    </li>
                  );
                })}
            </ol>
          </div>
        ))}
      </div>
    </Card>
  );
}
