import '../ask/ask.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { modelQuery, predictionQuery } from '../api/queries.ts';
import { wordsFor } from '../api/problem-words.ts';
import { ApiError } from '../api/problem.ts';
import { Feedback } from '../ask/feedback.tsx';
import { InputFacts } from '../ask/input-facts.tsx';
import { ShareLink } from '../ask/share-link.tsx';
import { StageTimes } from '../ask/stage-times.tsx';
import { VerdictText } from '../ask/verdict-text.tsx';
import { verdictOf } from '../ask/verdict.ts';
import { useHistory } from '../ask/history.ts';
import type { RememberedPrediction } from '../api/types.ts';
import { Bars } from '../design/bars.tsx';
import { Card } from '../design/card.tsx';
import { moment, words } from '../design/format.ts';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';

/** One result by its id, from the prediction log: everything but the picture. */
export default function ResultView({ id }: { readonly id: string }) {
  const prediction = useQuery(predictionQuery(id));
  return (
    <Page
      title="A result"
      lead="What was answered, as the prediction log remembers it. The picture itself is not kept."
    >
      <QueryState query={prediction} label="The result is being fetched">
        {(found) => <Result prediction={found} />}
      </QueryState>
      <p>
        <Link href="/">Ask about something else</Link>
      </p>
    </Page>
  );
}

function Result({ prediction }: { readonly prediction: RememberedPrediction }) {
  const { id, time, model, answer, input, stages, feedback, code } = prediction;
  const thumbnail = useHistory().find((entry) => entry.id === id)?.thumbnail;
  const { data: details } = useQuery({ ...modelQuery(model?.name ?? ''), enabled: model !== undefined });
  if (answer === undefined || model === undefined) return <Unanswered code={code} />;
  const isSameModel = details?.version === model.version;
  const threshold = isSameModel ? details.decision.minimumConfidence : undefined;
  const verdict = verdictOf(
    { ...answer, distance: answer.scopeDistance },
    { minimumConfidence: threshold, distanceLimit: isSameModel ? details.scopeGate?.threshold : undefined },
  );
  const ranked = Object.entries(answer.scores).toSorted(([, a], [, b]) => b - a);
  return (
    <div className="ask-result">
      <div className="ask-result-picture">
        <Card title="What was asked">
          {thumbnail !== undefined && (
            <figure className="ask-result-thumbnail">
              <img src={thumbnail} alt="The picture, small" />
              <figcaption className="figure-note">
                From this browser’s own history; nobody else sees it.
              </figcaption>
            </figure>
          )}
          <InputFacts input={input} />
          <p className="figure-note">
            <time dateTime={time}>{moment(time)}</time>, <bdi>{`${model.name} ${model.version}`}</bdi>
          </p>
        </Card>
      </div>
      <div className="ask-result-answer">
        <Card>
          <VerdictText verdict={verdict} confidence={answer.confidence} threshold={threshold} />
          <Bars bars={ranked.slice(0, 5).map(([label, share]) => ({ label: words(label), share }))} />
          <Feedback
            predictionId={id}
            model={model.name}
            prediction={answer.prediction}
            labels={details?.labels ?? Object.keys(answer.scores)}
            said={feedback.at(-1)?.label}
          />
          <ShareLink id={id} />
        </Card>
      </div>
      <div className="ask-result-details">
        <Card title="Where the time went">
          <StageTimes stages={Object.entries(stages).map(([name, ms]) => ({ name, ms }))} />
        </Card>
      </div>
    </div>
  );
}

/** A request that was refused has an entry too. */
function Unanswered({ code = 'internal' }: { readonly code: string | undefined }) {
  const { title, advice } = wordsFor(
    new ApiError({ code, title: 'There was no answer', detail: code, status: 0 }),
  );
  return (
    <Notice tone="warn" title={title}>
      <p>{advice}</p>
    </Notice>
  );
}
