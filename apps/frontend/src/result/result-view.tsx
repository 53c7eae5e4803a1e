import { useQuery } from '@tanstack/react-query';
import { predictionQuery } from '../api/queries.ts';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';

/** One result, by its id. */
export default function ResultView({ id }: { readonly id: string }) {
  const prediction = useQuery(predictionQuery(id));
  return (
    <Page title="A result">
      <QueryState query={prediction} label="The result is being fetched">
        {({ answer }) => <p>{answer?.prediction}</p>}
      </QueryState>
    </Page>
  );
}
