import type { ReactNode } from 'react';
import type { ModelDetails } from '../api/types.ts';
import { bytes, moment, number } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { DatasetTable } from './dataset-table.tsx';
import { ExplanationFacts } from './explanation-facts.tsx';
import { inputWords } from './input-words.ts';

/** How the model came about, and what is done to an input before it is looked at. */
export function OriginPanel({ model }: { readonly model: ModelDetails }) {
  const { training, imported } = model;
  const dataset = training?.dataset ?? imported?.samples;
  return (
    <div className="models-panel">
      <section className="models-part">
        <h3>{training === undefined ? 'Brought from elsewhere' : 'Trained here'}</h3>
        <dl className="facts">
          {training !== undefined && (
            <>
              <Fact name="Begun">{moment(training.startedAt)}</Fact>
              <Fact name="Took">{durationWords(training.durationSeconds)}</Fact>
              <Fact name="Seed">{training.seed}</Fact>
              {training.gitCommit !== undefined && (
                <Fact name="Commit">
                  <code>{training.gitCommit.slice(0, 12)}</code>
                </Fact>
              )}
            </>
          )}
          {imported !== undefined && (
            <>
              <Fact name="Brought">{moment(imported.importedAt)}</Fact>
              <Fact name="File">
                <NameText>{imported.source.file}</NameText>, {bytes(imported.source.bytes)}
              </Fact>
              {imported.source.producer !== undefined && (
                <Fact name="Written by">
                  <NameText>{`${imported.source.producer} ${imported.source.producerVersion ?? ''}`}</NameText>
                </Fact>
              )}
              {imported.agreement !== undefined && (
                <Fact name="Same answers">
                  within {number(imported.agreement.largest)} of the original on {imported.agreement.whole} inputs;{' '}
                  {number(imported.agreement.tolerance)} was allowed
                </Fact>
              )}
            </>
          )}
          <Fact name="Before the model sees it">
            <NameText>{inputWords(model.preprocessing)}</NameText>
          </Fact>
        </dl>
        {imported !== undefined && imported.changes.length > 0 && (
          <ul className="models-changes">
            {imported.changes.map((change) => (
              <li key={change}>
                <NameText>{change}</NameText>
              </li>
            ))}
          </ul>
        )}
      </section>
      <ExplanationFacts explanation={model.explanation} />
      {dataset !== undefined && <DatasetTable dataset={dataset} />}
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** `31 min`, `2.4 h`. */
function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
