import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, inference } from '../api/client.ts';
import { wordsFor } from '../api/problem-words.ts';
import { Button } from '../design/button.tsx';
import { words } from '../design/format.ts';
import { CLIENT } from './send-picture.ts';

export interface FeedbackProps {
  readonly predictionId: string;
  readonly model: string;
  readonly prediction: string;
  /** What the truth may be. */
  readonly labels: readonly string[];
  /** What was said earlier. */
  readonly said?: string | undefined;
}

/** Asks whether an answer was right, and what is, where it was not. What is said last holds. */
export function Feedback({ predictionId, model, prediction, labels, said }: FeedbackProps) {
  const queries = useQueryClient();
  const [isChoosing, setChoosing] = useState(false);
  const others = labels.filter((label) => label !== prediction);
  const [other, setOther] = useState(others[0] ?? '');
  const tell = useMutation({
    mutationFn: (label: string) =>
      answerOf(
        inference.POST('/feedback', {
          params: { query: { client: CLIENT } },
          body: { predictionId, label, model },
        }),
      ),
    onSuccess: async () => {
      setChoosing(false);
      await queries.invalidateQueries({ queryKey: ['predictions'] });
    },
  });
  const truth = tell.data?.label ?? said;
  const wrong = () => {
    const [only] = others;
    if (others.length === 1 && only !== undefined) tell.mutate(only);
    else setChoosing(true);
  };

  return (
    <section className="ask-feedback" aria-label="Was this right?">
      <div className="ask-feedback-row">
        <p role="status">
          {truth === undefined ? (
            'Was this right?'
          ) : (
            <>
              Thank you: <bdi>{words(truth)}</bdi> is noted.
            </>
          )}
        </p>
        <div className="buttons">
          <Button
            small
            disabled={tell.isPending}
            aria-pressed={truth === prediction}
            onClick={() => tell.mutate(prediction)}
          >
            Yes
          </Button>
          <Button
            small
            disabled={tell.isPending}
            aria-pressed={truth !== undefined && truth !== prediction}
            onClick={wrong}
          >
            No
          </Button>
        </div>
      </div>
      {isChoosing && (
        <div className="ask-feedback-row">
          <label className="field">
            <span>What is it really?</span>
            <select className="input" value={other} onChange={({ target }) => setOther(target.value)}>
              {others.map((label) => (
                <option key={label} value={label}>
                  {words(label)}
                </option>
              ))}
            </select>
          </label>
          <Button small kind="main" disabled={tell.isPending} onClick={() => tell.mutate(other)}>
            Send
          </Button>
        </div>
      )}
      {tell.isError && <p role="alert">{`${wordsFor(tell.error).title}. ${wordsFor(tell.error).advice}`}</p>}
    </section>
  );
}
