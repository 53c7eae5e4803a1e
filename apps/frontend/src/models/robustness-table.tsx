import type { ModelDetails } from '../api/types.ts';
import { IntervalMark } from '../charts/interval-mark.tsx';
import { corruptionWords } from './corruption-words.ts';
import { exactPercent, pointsText } from './figure-text.ts';

type Robustness = NonNullable<NonNullable<ModelDetails['evaluation']>['robustness']>;

/** Accuracy under each corruption, and what of it was lost for sure. */
export function RobustnessTable({ robustness: { images, clean, rows } }: { readonly robustness: Robustness }) {
  const ends = [clean.accuracy, ...rows.map(({ accuracy }) => accuracy)].flatMap(({ value, interval }) =>
    interval === undefined ? [value] : [...interval],
  );
  const range = [Math.max(0, Math.min(...ends) - 0.02), Math.min(1, Math.max(...ends) + 0.02)] as const;
  return (
    <section className="models-part">
      <h3>What compression, blur and noise do to it</h3>
      <p className="figure-note">
        {images} pictures of the test part, each under every corruption. The dashed line is the accuracy on them as they
        are, {exactPercent(clean.accuracy.value)}; orange where more was lost than chance explains.
      </p>
      <div className="wide" tabIndex={0} role="region" aria-label="Accuracy under corruptions">
        <table>
          <thead>
            <tr>
              <th scope="col">Corruption</th>
              <th scope="col" className="number">
                Accuracy
              </th>
              <th scope="col">
                {exactPercent(range[0])} to {exactPercent(range[1])}
              </th>
              <th scope="col" className="number">
                Change, points
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ corruption, accuracy, accuracyChange }, at) => {
              const { kind, strength } = corruptionWords(corruption);
              const isLost = (accuracyChange.interval?.[1] ?? 0) < 0;
              return (
                <tr key={at}>
                  <th scope="row" className="row-name">
                    {kind}, <span className="models-strength">{strength}</span>
                  </th>
                  <td className="number">{exactPercent(accuracy.value)}</td>
                  <td>
                    <IntervalMark
                      value={accuracy.value}
                      interval={accuracy.interval}
                      range={range}
                      reference={clean.accuracy.value}
                      tone={isLost ? 'warn' : 'plain'}
                    />
                  </td>
                  <td className="number">
                    {pointsText(accuracyChange.value)}
                    {isLost && <span className="models-lost"> lost</span>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
