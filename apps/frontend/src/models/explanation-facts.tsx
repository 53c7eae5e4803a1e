import type { ModelDetails } from '../api/types.ts';
import { number, words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { exactPercent, pointsText } from './figure-text.ts';

/** How answers are explained, and how far that can be believed. */
export function ExplanationFacts({ explanation }: { readonly explanation: ModelDetails['explanation'] }) {
  const { method, figures, importance } = explanation;
  if (method === 'none') return null;
  return (
    <section className="models-part">
      <h3>How far its explanations can be believed</h3>
      {figures !== undefined && (
        <dl className="facts">
          <dt>Taking away what the map marks</dt>
          <dd>
            leaves {number(figures.deletion.map.value)} of the answer’s probability, a random order{' '}
            {number(figures.deletion.random.value)}: less is better
          </dd>
          <dt>Showing what the map marks</dt>
          <dd>
            brings {number(figures.insertion.map.value)} of it, a random order {number(figures.insertion.random.value)}:
            more is better
          </dd>
          {figures.patch !== undefined && (
            <>
              <dt>Patch of another label</dt>
              <dd>
                {exactPercent(figures.patch.inside.value)} of the evidence lies inside a patch of{' '}
                {exactPercent(figures.patch.area)} of the picture
              </dd>
            </>
          )}
          <dt>Measured on</dt>
          <dd>{figures.images} pictures of the test part, method “{method}”</dd>
        </dl>
      )}
      {importance !== undefined && (
        <dl className="facts">
          {importance.map(({ feature, accuracyLost }) => (
            <div key={feature} className="models-importance">
              <dt>
                <NameText>{words(feature)}</NameText>
              </dt>
              <dd>{pointsText(-accuracyLost.value)} points of accuracy without it</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
