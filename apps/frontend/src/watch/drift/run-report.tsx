import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { answerOf, drift } from '../../api/client.ts';
import { wordsFor } from '../../api/problem-words.ts';
import { modelsQuery } from '../../api/queries.ts';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { NameText } from '../../design/name-text.tsx';
import { Notice } from '../../design/notice.tsx';
import type { DriftReport } from '../watch-types.ts';
import { VERDICTS } from './verdict-badge.tsx';

/** Windows that end now. */
const WINDOWS = {
  '1h': 'the last hour',
  '24h': 'the last 24 hours',
  '7d': 'the last 7 days',
  '30d': 'the last 30 days',
};

/** Makes a report now. @param model chosen on the page; else the first that is served */
export function RunReport({ model }: { readonly model: string | undefined }) {
  const queries = useQueryClient();
  const { data: served } = useQuery(modelsQuery);
  const names = served?.models.map(({ name }) => name) ?? [];
  const [picked, setPicked] = useState<string>();
  const [window, setWindow] = useState<string>('24h');
  const name = picked ?? model ?? served?.models.find((one) => one.default)?.name ?? names[0];
  const making = useMutation({
    mutationFn: async (body: { model: string; window: string }) =>
      (await answerOf(drift.POST('/reports', { body }))) as DriftReport,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['reports'] }),
  });
  return (
    <Card title="Look now">
      <form
        className="watch-run"
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== undefined) making.mutate({ model: name, window });
        }}
      >
        <label className="field watch-filter">
          <span>Model to look at</span>
          <select className="input" value={name ?? ''} onChange={({ target }) => setPicked(target.value)}>
            {names.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <label className="field watch-filter">
          <span>Over</span>
          <select className="input" value={window} onChange={({ target }) => setWindow(target.value)}>
            {Object.entries(WINDOWS).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" kind="main" disabled={making.isPending || name === undefined}>
          {making.isPending ? 'Looking …' : 'Make a report'}
        </Button>
      </form>
      {making.isPending && (
        <div className="watch-progress" role="progressbar" aria-label="The report is being made">
          <div className="watch-progress-bar" />
        </div>
      )}
      {making.isError && <Failed error={making.error} />}
      {making.isSuccess && <Made report={making.data} />}
    </Card>
  );
}

function Failed({ error }: { readonly error: Error }) {
  const { title, advice } = wordsFor(error);
  return (
    <Notice tone="bad" title={title}>
      <p>
        <NameText>{advice}</NameText>
      </p>
    </Notice>
  );
}

function Made({ report: { id, verdict, summary, records } }: { readonly report: DriftReport }) {
  const { tone, words } = VERDICTS[verdict];
  return (
    <div role="status">
      <div className={`notice tone-${tone}`}>
        <strong>{words}</strong>
        <p>
          <NameText>{summary}</NameText>
        </p>
        <p>
          {records.answered.toLocaleString('en-GB')} answers were looked at.{' '}
          <Link href={`/drift/${id}`}>Read this report</Link>
        </p>
      </div>
    </div>
  );
}
