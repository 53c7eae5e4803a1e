import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Card } from '../../design/card.tsx';
import { CodeBlock } from '../../design/code-block.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { NameText } from '../../design/name-text.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { ModelsNav } from '../models-nav.tsx';
import { sweepsQuery } from './run-queries.ts';

/** The sweeps of the trainer on this machine. */
export function SweepsPage() {
  const sweeps = useQuery(sweepsQuery);
  return (
    <Page title="Sweeps" lead="Searches for better settings, and whether they beat the default on both parts.">
      <ModelsNav />
      <QueryState query={sweeps} label="Sweeps are being fetched">
        {({ sweeps: known }) =>
          known.length === 0 ? (
            <EmptyState title="No sweep was made here yet">
              <p>
                A sweep trains one configuration with other settings, again and again, and says in one sentence whether
                that was worth it:
              </p>
              <CodeBlock>
                npm run assay -- sweep configs/sweeps/wine.yaml
              </CodeBlock>
            </EmptyState>
          ) : (
            <div className="models-list">
              {known.map(({ id, trials, ended, verdict }) => (
                <Card key={id} title={id}>
                  <p>
                    <NameText>{verdict ?? 'It has not ended yet.'}</NameText>
                  </p>
                  <p className="figure-note">
                    {ended} of {trials} trials that were begun have ended.
                  </p>
                  <p>
                    <Link href={`/-/sweeps/${id}`}>
                      See the trials<span className="heard"> of {id}</span>
                    </Link>
                  </p>
                </Card>
              ))}
            </div>
          )
        }
      </QueryState>
    </Page>
  );
}
