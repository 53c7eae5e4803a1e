import type { Prediction } from '../api/types.ts';
import { number } from '../design/format.ts';

/** An answer as the service gave it. */
export function AnswerFacts({ answer }: { readonly answer: Prediction }) {
  const { id, model, decision, scope, views } = answer;
  return (
    <dl className="facts">
      <dt>Id</dt>
      <dd>{id}</dd>
      <dt>Model</dt>
      <dd>
        <bdi>{`${model.name} ${model.version}`}</bdi>, {model.variant === 'int8' ? '8-bit' : '32-bit'}
      </dd>
      <dt>Decision</dt>
      <dd>
        <bdi>{decision}</bdi>
      </dd>
      {scope !== undefined && (
        <>
          <dt>Distance from the training data</dt>
          <dd>
            {number(scope.distance)} of {number(scope.threshold)} allowed
          </dd>
        </>
      )}
      <dt>Looks at the picture</dt>
      <dd>{views}</dd>
    </dl>
  );
}
