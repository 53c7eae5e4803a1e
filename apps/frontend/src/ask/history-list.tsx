import { Link } from 'wouter';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { moment, percent, words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { clearHistory, useHistory } from './history.ts';

/** Earlier results, kept in this browser alone. */
export function HistoryList() {
  const history = useHistory();
  if (history.length === 0) return null;
  return (
    <Card
      title="Asked from this browser"
      aside={
        <Button small onClick={clearHistory}>
          Forget all
        </Button>
      }
    >
      <p className="figure-note">Kept on this device alone, and only the small pictures.</p>
      <ul className="ask-history">
        {history.map(({ id, name, time, thumbnail, prediction, decision, confidence }) => (
          <li key={id}>
            <Link href={`/result/${id}`} className="ask-history-item">
              {thumbnail === undefined ? (
                <span className="ask-history-none" />
              ) : (
                <img src={thumbnail} alt="" />
              )}
              <span className="ask-item-words">
                <NameText line>{name}</NameText>
                <span className="ask-history-said">
                  <bdi>{decision === prediction ? words(prediction) : words(decision)}</bdi>,{' '}
                  {percent(confidence)}
                </span>
                <time className="ask-history-time" dateTime={time}>
                  {moment(time)}
                </time>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
