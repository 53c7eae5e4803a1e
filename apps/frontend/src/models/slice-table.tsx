import type { ModelDetails } from '../api/types.ts';
import { IntervalMark } from '../charts/interval-mark.tsx';
import { Badge } from '../design/badge.tsx';
import { number, words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { exactPercent } from './figure-text.ts';

type Slice = NonNullable<ModelDetails['evaluation']>['slices'][number];

/** A slice is called weak where so many false alarms at most are among those called so. */
const FALSE_DISCOVERIES = 0.05;

/** Parts of the test part by a property, and whether the model is weaker there. */
export function SliceTable({ slices }: { readonly slices: readonly Slice[] }) {
  return (
    <section className="models-part">
      <h3>Where it is weaker</h3>
      <p className="figure-note">
        q is the false discovery rate, given how many slices were looked at; below {FALSE_DISCOVERIES} a difference is
        taken for real. The dashed line is the accuracy on everything else.
      </p>
      <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Accuracy by slice">
        <table>
          <thead>
            <tr>
              <th scope="col">Slice</th>
              <th scope="col" className="number">
                Inputs
              </th>
              <th scope="col" className="number">
                Accuracy
              </th>
              <th scope="col">0 to 100 %</th>
              <th scope="col" className="number">
                Elsewhere
              </th>
              <th scope="col" className="number">
                q
              </th>
            </tr>
          </thead>
          <tbody>
            {slices.map(({ property, bucket, rows, accuracy, elsewhere, q }) => {
              const isReal = q < FALSE_DISCOVERIES;
              const isWeak = isReal && accuracy.value < elsewhere;
              return (
                <tr key={`${property} ${bucket}`}>
                  <th scope="row" className="row-name">
                    <NameText>{`${words(property)} ${bucket}`}</NameText>{' '}
                    {isReal && <Badge tone={isWeak ? 'warn' : 'good'}>{isWeak ? 'weaker' : 'stronger'}</Badge>}
                  </th>
                  <td className="number">{rows}</td>
                  <td className="number">{exactPercent(accuracy.value)}</td>
                  <td>
                    <IntervalMark
                      value={accuracy.value}
                      interval={accuracy.interval}
                      range={[0, 1]}
                      reference={elsewhere}
                      tone={isWeak ? 'warn' : 'plain'}
                    />
                  </td>
                  <td className="number">{exactPercent(elsewhere)}</td>
                  <td className="number">{number(q)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
