import { Stat, Stats } from '../../charts/stat.tsx';
import { Card } from '../../design/card.tsx';
import { percent, words } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { DriftReport } from '../watch-types.ts';

type Performance = DriftReport['performance'];
type Share = NonNullable<Performance['before']>;

const interval = ([from, to]: readonly [number, number]) => `${percent(from)} – ${percent(to)}`;

/** A change in points of percent, with its sign. */
const points = (change: number) => `${change < 0 ? '−' : '+'}${Math.abs(change * 100).toFixed(1)} points`;

/** Whether it hurts. */
export function PerformanceFacts({ performance }: { readonly performance: Performance }) {
  const { before, expected, realised, change, calibrationError, labelShift = [], notes } = performance;
  return (
    <Card title="Does it hurt?">
      <Stats>
        {before !== undefined && <ShareStat label="Accuracy before" share={before} of="on the test part" />}
        {expected !== undefined && (
          <ShareStat label="Expected now" share={expected} of="by the confidences" />
        )}
        {realised !== undefined && (
          <ShareStat label="Realised now" share={realised} of={`on ${realised.records} with feedback`} />
        )}
        {change !== undefined && (
          <Stat
            label="Change"
            value={points(change.change)}
            note={`${points(change.interval[0])} to ${points(change.interval[1])}`}
          />
        )}
        {calibrationError !== undefined && (
          <Stat
            label="Calibration error now"
            value={percent(calibrationError.now)}
            note={
              calibrationError.before === undefined ? undefined : `${percent(calibrationError.before)} before`
            }
          />
        )}
      </Stats>
      {notes.length > 0 && (
        <ul className="watch-notes">
          {notes.map((note) => (
            <li key={note}>
              <NameText>{note}</NameText>
            </li>
          ))}
        </ul>
      )}
      {labelShift.length > 0 && (
        <details>
          <summary className="watch-summary">How often each label is true now, by estimate</summary>
          <div
            className="wide wide-tall"
            tabIndex={0}
            role="region"
            aria-label="Estimated shares of the labels"
          >
            <table>
              <thead>
                <tr>
                  <th scope="col">Label</th>
                  <th scope="col" className="number">
                    Before
                  </th>
                  <th scope="col" className="number">
                    Now
                  </th>
                  <th scope="col" className="number">
                    95 % interval
                  </th>
                </tr>
              </thead>
              <tbody>
                {labelShift.map(({ label, before: was, now, interval: range }) => (
                  <tr key={label}>
                    <th scope="row" className="row-name">
                      <NameText>{words(label)}</NameText>
                    </th>
                    <td className="number">{percent(was)}</td>
                    <td className="number">{percent(now)}</td>
                    <td className="number">{interval(range)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
    </Card>
  );
}

function ShareStat({
  label,
  share,
  of,
}: {
  readonly label: string;
  readonly share: Share;
  readonly of: string;
}) {
  return <Stat label={label} value={percent(share.share)} note={`${interval(share.interval)}, ${of}`} />;
}
