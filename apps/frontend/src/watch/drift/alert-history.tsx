import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Badge, type Tone } from '../../design/badge.tsx';
import { Card } from '../../design/card.tsx';
import { moment } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import { QueryState } from '../../design/query-state.tsx';
import { alertsQuery } from '../watch-queries.ts';
import type { DriftAlert } from '../watch-types.ts';

type Told = DriftAlert['history'][number];

const KINDS: Readonly<Record<Told['kind'], { words: string; tone: Tone }>> = {
  alarm: { words: 'drift began', tone: 'bad' },
  spread: { words: 'drift spread', tone: 'bad' },
  reminder: { words: 'drift goes on', tone: 'warn' },
  'all-clear': { words: 'drift is over', tone: 'good' },
};

const DELIVERIES: Readonly<Record<Told['delivery'], string>> = {
  none: 'nobody to tell',
  pending: 'being told',
  delivered: 'told',
  failed: 'could not be told',
};

/** What people were told, the latest first. @param model all where left out */
export function AlertHistory({ model }: { readonly model: string | undefined }) {
  const alerts = useQuery(alertsQuery);
  return (
    <Card title="Alerts">
      <QueryState query={alerts} label="Alerts are being fetched">
        {({ alerts: all }) => {
          const shown = all.filter((alert) => model === undefined || alert.model === model);
          const told = shown
            .flatMap((alert) => alert.history.map((notice) => ({ ...notice, model: alert.model })))
            .toSorted((a, b) => (a.time < b.time ? 1 : -1));
          return (
            <>
              {shown.length > 0 && (
                <ul className="watch-alerts">
                  {shown.map(({ model: name, status, since }) => (
                    <li key={name}>
                      <Badge tone={status === 'alarm' ? 'bad' : 'good'}>
                        {status === 'alarm' ? 'alarm' : 'clear'}
                      </Badge>{' '}
                      <NameText>{name}</NameText> since {moment(since)}
                    </li>
                  ))}
                </ul>
              )}
              {told.length === 0 ? (
                <p>
                  Nobody had to be told of anything. An alert goes out when a drift begins, spreads or is
                  over, to whatever DRIFT_WEBHOOK_URL of the drift service names.
                </p>
              ) : (
                <ol className="watch-told">
                  {told.map(({ model: name, kind, time, summary, report, delivery }, at) => (
                    <li key={at}>
                      <Badge tone={KINDS[kind].tone}>{KINDS[kind].words}</Badge>
                      <span>
                        <NameText>{name}</NameText>: <NameText>{summary}</NameText>
                      </span>
                      <span className="watch-faint">
                        <time dateTime={time}>{moment(time)}</time>, {DELIVERIES[delivery]},{' '}
                        <Link href={`/drift/${report}`}>report</Link>
                      </span>
                    </li>
                  ))}
                </ol>
              )}
            </>
          );
        }}
      </QueryState>
    </Card>
  );
}
