import type { ModelDetails } from '../api/types.ts';
import { words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';

type Dataset = NonNullable<ModelDetails['training']>['dataset'];

/** How many inputs of each label were in which part. */
export function DatasetTable({ dataset: { name, digest, counts } }: { readonly dataset: Dataset }) {
  const parts = Object.keys(counts);
  const labels = [...new Set(parts.flatMap((part) => Object.keys(counts[part]!)))];
  const total = (part: string) => Object.values(counts[part]!).reduce((sum, count) => sum + count, 0);
  return (
    <section className="models-part">
      <h3>Data</h3>
      <p className="figure-note">
        <NameText>{name}</NameText>, sha256 <code>{digest.slice(0, 16)}</code>…
      </p>
      <div className="wide wide-tall" tabIndex={0} role="region" aria-label="Inputs by label and part">
        <table>
          <thead>
            <tr>
              <th scope="col">Label</th>
              {parts.map((part) => (
                <th key={part} scope="col" className="number">
                  <bdi>{part}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">All</th>
              {parts.map((part) => (
                <td key={part} className="number">
                  {total(part).toLocaleString('en-GB')}
                </td>
              ))}
            </tr>
            {labels.map((label) => (
              <tr key={label}>
                <th scope="row" className="row-name">
                  <NameText>{words(label)}</NameText>
                </th>
                {parts.map((part) => (
                  <td key={part} className="number">
                    {(counts[part]![label] ?? 0).toLocaleString('en-GB')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
