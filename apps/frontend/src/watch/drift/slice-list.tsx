import { Card } from '../../design/card.tsx';
import { number } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { DriftReport } from '../watch-types.ts';
import { featureWords } from './feature-words.ts';
import { VerdictBadge } from './verdict-badge.tsx';

/** Parts of the window, each judged by itself: who or what brings the change. */
export function SliceList({ slices }: { readonly slices: DriftReport['slices'] }) {
  return (
    <Card title="Where it comes from">
      <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Slices of the window">
        <table>
          <thead>
            <tr>
              <th scope="col">Slice</th>
              <th scope="col" className="number">
                Records
              </th>
              <th scope="col">Verdict</th>
              <th scope="col" className="number">
                Adjusted p
              </th>
              <th scope="col">What stands out</th>
            </tr>
          </thead>
          <tbody>
            {slices.map(({ dimension, value, records, verdict, adjusted, feature, direction, apart }) => {
              const [name, change] =
                feature === undefined ? [apart?.feature, apart?.direction] : [feature, direction];
              return (
                <tr key={`${dimension} ${value}`}>
                  <th scope="row" className="row-name">
                    <span className="watch-faint">{dimension}</span> <NameText>{value}</NameText>
                  </th>
                  <td className="number">{records.toLocaleString('en-GB')}</td>
                  <td>
                    <VerdictBadge verdict={verdict} />
                  </td>
                  <td className="number">{adjusted < 0.0001 ? '< 0.0001' : number(adjusted)}</td>
                  <td>
                    {name !== undefined && (
                      <NameText>{`${featureWords(name)}${change === undefined ? '' : `: ${change}`}`}</NameText>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
