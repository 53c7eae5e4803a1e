import { useQuery } from '@tanstack/react-query';
import { modelQuery } from '../api/queries.ts';
import type { Prediction } from '../api/types.ts';
import { Bars } from '../design/bars.tsx';
import { Card } from '../design/card.tsx';
import { words } from '../design/format.ts';
import { Notice } from '../design/notice.tsx';
import { Feedback } from './feedback.tsx';
import { ShareLink } from './share-link.tsx';
import { VerdictText } from './verdict-text.tsx';
import { verdictOf } from './verdict.ts';

/** An answer: in words, as a number, by label; and what can be done with it. */
export function AnswerPanel({ answer }: { readonly answer: Prediction }) {
  const { data: model } = useQuery(modelQuery(answer.model.name));
  const verdict = verdictOf(
    { ...answer, distance: answer.scope?.distance },
    { minimumConfidence: model?.decision.minimumConfidence, distanceLimit: answer.scope?.threshold },
  );
  return (
    <Card>
      <VerdictText
        verdict={verdict}
        confidence={answer.confidence}
        threshold={model?.decision.minimumConfidence}
      />
      <Bars
        bars={answer.top.map(({ label, probability }) => ({ label: words(label), share: probability }))}
      />
      {answer.stability?.stable === false && (
        <Notice tone="warn" title="The verdict flips when the picture is changed a little">
          <p>
            <bdi>{answer.stability.summary}</bdi>
          </p>
        </Notice>
      )}
      <Feedback
        predictionId={answer.id}
        model={answer.model.name}
        prediction={answer.prediction}
        labels={model?.labels ?? Object.keys(answer.probabilities)}
      />
      <ShareLink id={answer.id} />
    </Card>
  );
}
