import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Card } from '../../design/card.tsx';
import { NameText } from '../../design/name-text.tsx';
import { Page } from '../../design/page.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { ParallelCoordinates } from './parallel-coordinates.tsx';
import { sweepQuery } from './run-queries.ts';
import { TrialTable } from './trial-table.tsx';

/** One sweep: what was tried, and whether it was worth it. */
export function SweepPage({ id }: { readonly id: string }) {
  const sweep = useQuery(sweepQuery(id));
  return (
    <Page title={`Sweep ${id}`} lead={<NameText>{sweep.data?.verdict ?? ''}</NameText>}>
      <p className="page-back">
        <Link href="/-/sweeps">All sweeps</Link>
      </p>
      <QueryState query={sweep} label="The sweep is being fetched">
        {(found) => (
          <>
            <Card>
              <ParallelCoordinates sweep={found} />
            </Card>
            <TrialTable sweep={found} />
          </>
        )}
      </QueryState>
    </Page>
  );
}
