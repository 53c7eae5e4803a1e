import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Card } from '../../design/card.tsx';
import { number } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import type { DriftVerdict } from '../watch-types.ts';
import { diffQuery } from '../watch-queries.ts';
import { aspectWords } from './feature-words.ts';
import { Verdict } from './verdict.tsx';
import { VerdictBadge } from './verdict-badge.tsx';

/** What changed from one report to another. */
export function DiffPage({ before, after }: { readonly before: string; readonly after: string }) {
  const diff = useQuery(diffQuery(before, after));
  return (
    <Page
      title="Two reports compared"
      lead={diff.data === undefined ? undefined : <NameText>{diff.data.summary}</NameText>}
    >
      <p className="page-back">
        <Link href="/drift">All reports</Link>
      </p>
      <QueryState query={diff} label="The reports are being compared">
        {(found) => (
          <>
            <div className="watch-verdicts">
              <Verdict report={found.before} isLink />
              <Verdict report={found.after} isLink />
            </div>
            <Card title="What is different">
              {found.features.length === 0 ? (
                <p>Nothing that counts: every feature stands as it did.</p>
              ) : (
                <div className="wide" tabIndex={0} role="region" aria-label="Features that are different">
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">Feature</th>
                        <th scope="col">Before</th>
                        <th scope="col">After</th>
                        <th scope="col">Change</th>
                      </tr>
                    </thead>
                    <tbody>
                      {found.features.map((one) => (
                        <tr key={`${one.feature} ${one.aspect}`}>
                          <th scope="row" className="row-name">
                            <NameText>{aspectWords(one.feature, one.aspect)}</NameText>
                          </th>
                          <td>
                            <Side verdict={one.before} effect={one.effectBefore} />
                          </td>
                          <td>
                            <Side verdict={one.after} effect={one.effectAfter} />
                          </td>
                          <td>
                            <NameText>{one.direction}</NameText>
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </div>
              )}
            </Card>
          </>
        )}
      </QueryState>
    </Page>
  );
}

interface SideProps {
  readonly verdict: DriftVerdict | undefined;
  readonly effect: number | null | undefined;
}

function Side({ verdict, effect }: SideProps) {
  if (verdict === undefined) return <>–</>;
  return (
    <>
      <VerdictBadge verdict={verdict} />{' '}
      {effect == null ? '' : <span className="figures">{number(effect)}</span>}
    </>
  );
}
