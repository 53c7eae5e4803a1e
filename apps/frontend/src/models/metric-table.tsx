import { figureText, intervalText, type Measured } from './figure-text.ts';
import { inOrder, wordsForMetric } from './metric-words.ts';

/** All figures, with their intervals and what they mean. */
export function MetricTable({ metrics }: { readonly metrics: Readonly<Record<string, Measured>> }) {
  return (
    <section className="models-part">
      <h3>All figures on the test part</h3>
      <div className="wide" tabIndex={0} role="region" aria-label="All figures on the test part">
        <table>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col" className="number">
                Value
              </th>
              <th scope="col" className="number">
                95 % interval
              </th>
              <th scope="col">Better</th>
            </tr>
          </thead>
          <tbody>
            {inOrder(Object.keys(metrics)).map((name) => {
              const { name: title, means, better } = wordsForMetric(name);
              const { value, interval } = metrics[name]!;
              return (
                <tr key={name}>
                  <th scope="row" className="models-metric">
                    <bdi>{title}</bdi>
                    {means !== '' && <span>{means}</span>}
                  </th>
                  <td className="number">{figureText(name, value)}</td>
                  <td className="number">{intervalText(name, interval)}</td>
                  <td>{better}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
