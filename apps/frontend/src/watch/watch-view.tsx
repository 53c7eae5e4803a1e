import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { latestPredictionsQuery } from '../api/queries.ts';
import { EmptyState } from '../design/empty-state.tsx';
import { moment } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';

/** What was asked lately. */
export default function WatchView() {
  const latest = useQuery(latestPredictionsQuery);
  return (
    <Page
      title="Watch"
      lead="What was asked, what was answered, and whether the world still is what the models know."
    >
      <QueryState query={latest} label="Predictions are being fetched">
        {({ predictions }) =>
          predictions.length === 0 ? (
            <EmptyState title="Nothing was asked yet">
              <p>
                Each answer is remembered here. <Link href="~/">Ask about a picture</Link> and come back.
              </p>
            </EmptyState>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Model</th>
                  <th scope="col">Answer</th>
                </tr>
              </thead>
              <tbody>
                {predictions.map(({ id, time, model, answer, code }) => (
                  <tr key={id}>
                    <td>
                      <Link href={`~/result/${id}`}>{moment(time)}</Link>
                    </td>
                    <td>
                      <NameText>{model?.name ?? '–'}</NameText>
                    </td>
                    <td>
                      <NameText>{answer?.decision ?? code ?? '–'}</NameText>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </QueryState>
    </Page>
  );
}
