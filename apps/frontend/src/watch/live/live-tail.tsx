import { Link } from 'wouter';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { Card } from '../../design/card.tsx';
import { LiveRow } from './live-row.tsx';
import { MOST_LIVE } from './live-list.ts';
import { useLive } from './use-live.ts';

/** The tail of the prediction log; it can be held to read it. */
export function LiveTail({ model }: { readonly model: string | undefined }) {
  const [{ shown, held, isHeld, count }, state, dispatch] = useLive(model);
  return (
    <Card
      title="As they come"
      aside={
        <span className="watch-live-state">
          {state === 'open' ? (
            <Badge tone={isHeld ? 'warn' : 'good'}>{isHeld ? `held, ${held.length} new` : 'live'}</Badge>
          ) : (
            <Badge tone="warn">{state === 'away' ? 'trying again …' : 'connecting …'}</Badge>
          )}
          <Button small aria-pressed={isHeld} onClick={() => dispatch({ type: isHeld ? 'go on' : 'hold' })}>
            {isHeld ? 'Go on' : 'Hold'}
          </Button>
        </span>
      }
    >
      {/* Not a live region: what streams by would drown all else for those who listen. */}
      <p className="heard" role="status">
        {isHeld ? 'The list is held' : ''}
      </p>
      {shown.length === 0 ? (
        <p>
          Nothing came since this was opened. <Link href="~/">Ask about a picture</Link> in another tab, and
          it appears here at once.
        </p>
      ) : (
        <div className="wide" tabIndex={0} role="region" aria-label="The latest predictions">
          <table className="watch-live">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Model</th>
                <th scope="col">Decision</th>
                <th scope="col" className="number">
                  Confidence
                </th>
                <th scope="col" className="number">
                  Took
                </th>
                <th scope="col">Input</th>
                <th scope="col">Asked by</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((prediction) => (
                <LiveRow key={prediction.id} prediction={prediction} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="figure-note">
        {count.toLocaleString('en-GB')} since this was opened; the last {MOST_LIVE} are kept here, all of them
        in the log.
      </p>
    </Card>
  );
}
