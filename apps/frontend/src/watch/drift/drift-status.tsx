import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { reportsQuery } from '../watch-queries.ts';
import { NameText } from '../../design/name-text.tsx';
import { latestByModel } from './latest-by-model.ts';
import { VerdictBadge } from './verdict-badge.tsx';

/** The latest verdict on each model in a line; nothing while there is none, or where it cannot be had: Drift says more. */
export function DriftStatus() {
  const { data } = useQuery(reportsQuery());
  const latest = latestByModel(data?.reports ?? []);
  if (latest.length === 0) return null;
  return (
    <ul className="watch-status" aria-label="Drift, model by model">
      {latest.map(({ id, model, verdict, summary }) => (
        <li key={model.name}>
          <Link href={`/drift/${id}`} className="watch-status-link">
            <VerdictBadge verdict={verdict} />
            <NameText>{model.name}</NameText>
          </Link>
          <span className="watch-faint">
            <NameText line>{summary}</NameText>
          </span>
        </li>
      ))}
    </ul>
  );
}
