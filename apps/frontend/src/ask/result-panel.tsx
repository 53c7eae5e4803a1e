import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { NameText } from '../design/name-text.tsx';
import { Notice } from '../design/notice.tsx';
import type { Ask } from './ask.ts';
import { AnswerPanel } from './answer-panel.tsx';
import { PictureWithMap } from './picture-with-map.tsx';
import { Progress } from './progress.tsx';
import { mapIn } from './map-in.ts';
import { ResultDetails } from './result-details.tsx';

export interface ResultPanelProps {
  readonly ask: Ask;
  onCancel(): void;
  onRetry(): void;
  onRemove(): void;
}

/** One picture and what became of it. */
export function ResultPanel({ ask, onCancel, onRetry, onRemove }: ResultPanelProps) {
  const { state } = ask;
  const answer = state.step === 'answered' ? state.answer : undefined;
  return (
    <article className="ask-result" aria-label="The picture and its answer">
      <div className="ask-result-picture">
        <PictureWithMap url={ask.url} map={mapIn(answer?.explanation)} />
        <p className="ask-result-name">
          <NameText line>{ask.name}</NameText>
          <Button kind="quiet" small onClick={onRemove}>
            Remove
          </Button>
        </p>
      </div>
      <div className="ask-result-answer">
        {state.step === 'answered' && <AnswerPanel answer={state.answer} />}
        {(state.step === 'waiting' || state.step === 'sending' || state.step === 'thinking') && (
          <Progress state={state} onCancel={onCancel} />
        )}
        {state.step === 'away' && (
          <Notice tone="warn" title="Waiting for the service">
            <p>Your picture is kept here and is sent as soon as the service answers again.</p>
            <Button small onClick={onCancel}>
              Cancel
            </Button>
          </Notice>
        )}
        {state.step === 'refused' && (
          <Notice tone="bad" title={state.words.title}>
            <p>{state.words.advice}</p>
            <Button small onClick={onRetry}>
              Try again
            </Button>
          </Notice>
        )}
        {state.step === 'cancelled' && (
          <Card>
            <p>It was cancelled.</p>
            <div className="buttons">
              <Button small onClick={onRetry}>
                Ask after all
              </Button>
            </div>
          </Card>
        )}
      </div>
      {state.step === 'answered' && (
        <div className="ask-result-details">
          <ResultDetails file={ask.file} answer={state.answer} stages={state.stages} tookMs={state.tookMs} />
        </div>
      )}
    </article>
  );
}
