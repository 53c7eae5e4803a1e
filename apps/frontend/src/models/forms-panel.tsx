import { useQuery } from '@tanstack/react-query';
import { modelVersionsQuery } from './model-queries.ts';
import type { ModelDetails } from '../api/types.ts';
import { Badge } from '../design/badge.tsx';
import { bytes, milliseconds, number } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { QueryState } from '../design/query-state.tsx';
import { exactPercent, intervalText } from './figure-text.ts';

/** The forms that one version has, and the versions that there are. */
export function FormsPanel({ model }: { readonly model: ModelDetails }) {
  const versions = useQuery(modelVersionsQuery(model.name));
  return (
    <div className="models-panel">
      <section className="models-part">
        <h3>Forms of version {model.version}</h3>
        <Forms model={model} />
        <p className="figure-note">
          Median time of the model alone, on the machine that packed it. INT8 is served where it loses next to nothing.
        </p>
      </section>
      <section className="models-part">
        <h3>Versions in the registry</h3>
        <QueryState query={versions} label="Versions are being fetched">
          {({ versions: known }) => (
            <ol className="models-versions">
              {known.toReversed().map(({ version, aliases, served }) => (
                <li key={version}>
                  <NameText>{version}</NameText>
                  {aliases.map((alias) => (
                    <Badge key={alias} tone={alias === 'champion' ? 'accent' : 'plain'}>
                      {alias}
                    </Badge>
                  ))}
                  {served && <Badge tone="good">answers</Badge>}
                </li>
              ))}
            </ol>
          )}
        </QueryState>
        <p className="figure-note">
          Compare two before one takes the other’s place: npm run assay -- compare {model.name} {model.name}@challenger
        </p>
      </section>
    </div>
  );
}

function Forms({ model }: { readonly model: ModelDetails }) {
  const { variants, variant: served, files } = model;
  return (
    <div className="wide" tabIndex={0} role="region" aria-label="Forms of the model">
      <table>
        <thead>
          <tr>
            <th scope="col">Form</th>
            <th scope="col" className="number">
              Accuracy
            </th>
            <th scope="col" className="number">
              AUROC
            </th>
            <th scope="col" className="number">
              One input, one thread
            </th>
            <th scope="col" className="number">
              File
            </th>
          </tr>
        </thead>
        <tbody>
          {(['fp32', 'int8'] as const).map((name) => {
            const form = variants[name];
            if (form === undefined) return null;
            const { accuracy, accuracyInterval, auroc, latencyMs } = form;
            const size = files.find(({ path }) => path === form.file)?.bytes;
            return (
              <tr key={name}>
                <th scope="row" className="row-name">
                  {name === 'fp32' ? 'float32' : 'INT8'} {name === served && <Badge tone="good">answers</Badge>}
                </th>
                <td className="number">
                  {accuracy !== undefined && exactPercent(accuracy)}
                  <span className="models-interval">{intervalText('accuracy', accuracyInterval)}</span>
                </td>
                <td className="number">{auroc !== undefined && number(auroc)}</td>
                <td className="number">{latencyMs !== undefined && milliseconds(latencyMs)}</td>
                <td className="number">{size !== undefined && bytes(size)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
