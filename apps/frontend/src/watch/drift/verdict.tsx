import { Link } from 'wouter';
import { moment } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { ReportEntry } from '../watch-types.ts';
import { VERDICTS } from './verdict-badge.tsx';
import { windowText } from './window-text.ts';

export interface VerdictProps {
  readonly report: Pick<ReportEntry, 'id' | 'model' | 'verdict' | 'summary' | 'window' | 'time' | 'records'>;
  /** Whether it leads to the report. */
  readonly isLink?: boolean;
}

/** What a report says, in one sentence. */
export function Verdict({
  report: { id, model, verdict, summary, window, time, records },
  isLink = false,
}: VerdictProps) {
  const { tone, mark, words } = VERDICTS[verdict];
  return (
    <section
      className={`watch-verdict tone-${tone}`}
      aria-label={`Verdict on ${model.name}, ${windowText(window)}`}
    >
      <span className="watch-verdict-mark" aria-hidden="true">
        {mark}
      </span>
      <div className="watch-verdict-words">
        <p className="watch-verdict-model">
          <NameText>{`${model.name} ${model.version}`}</NameText>: {words}
        </p>
        <p className="watch-verdict-sentence">
          <NameText>{summary}</NameText>
        </p>
        <p className="watch-verdict-facts">
          {windowText(window)}, {records.toLocaleString('en-GB')} records, made{' '}
          <time dateTime={time}>{moment(time)}</time>
          {isLink && (
            <>
              {' · '}
              <Link href={`/drift/${id}`}>
                Read the report<span className="heard"> on {model.name}</span>
              </Link>
            </>
          )}
        </p>
      </div>
    </section>
  );
}
