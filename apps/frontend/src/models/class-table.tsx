import { useId, useState } from 'react';
import type { ModelDetails } from '../api/types.ts';
import { IntervalMark } from '../charts/interval-mark.tsx';
import { words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { exactPercent } from './figure-text.ts';

type Class = NonNullable<ModelDetails['evaluation']>['classes'][number];

const ORDERS = {
  'as the model has them': undefined,
  'weakest first': (a: Class, b: Class) => a.f1.value - b.f1.value,
  'strongest first': (a: Class, b: Class) => b.f1.value - a.f1.value,
  'most inputs first': (a: Class, b: Class) => b.support - a.support,
} as const;
type Order = keyof typeof ORDERS;

/** Many enough that looking for one by eye is tedious. */
const SEARCHED = 12;

/** How well each label is known. */
export function ClassTable({ classes }: { readonly classes: readonly Class[] }) {
  const [order, setOrder] = useState<Order>(classes.length > SEARCHED ? 'weakest first' : 'as the model has them');
  const [wanted, setWanted] = useState('');
  const title = useId();
  const compare = ORDERS[order];
  const matching = classes.filter(({ label }) => words(label).toLowerCase().includes(wanted.toLowerCase()));
  const shown = compare === undefined ? matching : matching.toSorted(compare);
  return (
    <section className="models-part">
      <h3 id={title}>Each label</h3>
      <div className="models-controls">
        <label className="field">
          <span>Order</span>
          <select className="input" value={order} onChange={({ target }) => setOrder(target.value as Order)}>
            {Object.keys(ORDERS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {classes.length > SEARCHED && (
          <label className="field">
            <span>Find a label</span>
            <input
              className="input"
              type="search"
              value={wanted}
              onChange={({ target }) => setWanted(target.value)}
            />
          </label>
        )}
      </div>
      <div className="wide wide-tall" tabIndex={0} role="region" aria-labelledby={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col" className="number">
                Inputs
              </th>
              <th scope="col" className="number">
                Precision
              </th>
              <th scope="col" className="number">
                Recall
              </th>
              <th scope="col" className="number">
                F1
              </th>
              <th scope="col">0 to 100 %, 95 % interval</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ label, support, precision, recall, f1 }) => (
              <tr key={label}>
                <th scope="row" className="row-name">
                  <NameText>{words(label)}</NameText>
                </th>
                <td className="number">{support}</td>
                <td className="number">{exactPercent(precision.value)}</td>
                <td className="number">{exactPercent(recall.value)}</td>
                <td className="number">{exactPercent(f1.value)}</td>
                <td>
                  <IntervalMark value={f1.value} interval={f1.interval} range={[0, 1]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p>No label has that in its name.</p>}
    </section>
  );
}
