import { PROBLEM_WORDS } from '../../api/problem-words.ts';
import type { TrafficInterval } from '../watch-types.ts';
import { totals } from './sum-traffic.ts';

/** Why there was no answer, the most frequent reason first. */
export function RefusalTable({ intervals }: { readonly intervals: readonly TrafficInterval[] }) {
  const codes = totals(intervals, 'codes');
  const most = codes[0]?.[1] ?? 1;
  return (
    <div className="figure">
      <p className="figure-title">Not answered</p>
      {codes.length === 0 ? (
        <p>Every request got its answer.</p>
      ) : (
        <ol className="bars">
          {codes.map(([code, count]) => (
            <li key={code} className="bar">
              <span>
                {PROBLEM_WORDS[code]?.title ?? code} <code className="watch-faint">{code}</code>
              </span>
              <span className="figures">{count.toLocaleString('en-GB')}</span>
              <div className="bar-track" aria-hidden="true">
                <div className="bar-fill" style={{ width: `${(count / most) * 100}%` }} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
