import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, inference } from '../api/client.ts';
import { wordsFor } from '../api/problem-words.ts';
import type { ModelDetails, Prediction } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { Notice } from '../design/notice.tsx';
import { AnswerPanel } from './answer-panel.tsx';
import { Contributions } from './contributions.tsx';
import { FeatureField } from './feature-field.tsx';
import { rangeOf, type Feature } from './feature-range.ts';
import { CLIENT } from './send-picture.ts';
import { useSettled } from './use-settled.ts';
import { WhatIf } from './what-if.tsx';

/** A slider rests so long before it is asked about, milliseconds. */
const REST_MS = 300;

type Features = Readonly<Record<string, number>>;

/** Numbers in, an answer out: asked anew whenever a slider comes to rest. */
export default function TabularPanel({ model }: { readonly model: ModelDetails }) {
  const fields = model.preprocessing.kind === 'tabular' ? model.preprocessing.features : [];
  const typical = typicalOf(fields);
  const [features, setFeatures] = useState<Features>(typical);
  const [isAsked, setAsked] = useState(false);
  const [pinned, pin] = useState<Prediction>();
  const settled = useSettled(features, REST_MS);
  const asked = useQuery({
    queryKey: ['what-if', model.name, model.version, settled],
    queryFn: ({ signal }) => ask(model, { features: settled, signal }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
  const set = (name: string, value: number) => {
    setFeatures((before) => ({ ...before, [name]: value }));
    setAsked(true);
  };

  return (
    <div className="ask-table">
      <Card
        title="What is known"
        aside={
          <Button small onClick={() => setFeatures(typical)}>
            Back to typical
          </Button>
        }
      >
        <form className="ask-fields" onSubmit={(event) => event.preventDefault()}>
          {fields.map((feature) => (
            <FeatureField
              key={feature.name}
              name={feature.name}
              range={rangeOf(feature)}
              value={features[feature.name] ?? feature.mean}
              onChange={(value) => set(feature.name, value)}
            />
          ))}
          {!isAsked && (
            <Button kind="main" onClick={() => setAsked(true)}>
              Ask
            </Button>
          )}
        </form>
      </Card>
      <div className="ask-table-answer" aria-busy={asked.isFetching}>
        {asked.error !== null && (
          <Notice tone="bad" title={wordsFor(asked.error).title}>
            <p>{wordsFor(asked.error).advice}</p>
          </Notice>
        )}
        {asked.data === undefined ? (
          <Card>
            <p>These are the typical values of its training data. Ask, or move one: the answer follows.</p>
          </Card>
        ) : (
          <>
            <AnswerPanel answer={asked.data} />
            <WhatIf answer={asked.data} pinned={pinned} onPin={pin} />
            <Contributions explanation={asked.data.explanation} />
          </>
        )}
      </div>
    </div>
  );
}

function typicalOf(fields: readonly Feature[]): Features {
  return Object.fromEntries(fields.map((feature) => [feature.name, rangeOf(feature).typical]));
}

interface Row {
  readonly features: Features;
  readonly signal: AbortSignal;
}

async function ask({ name, explanation }: ModelDetails, { features, signal }: Row): Promise<Prediction> {
  const explain = explanation.method === 'contributions' ? ({ explain: 'contributions' } as const) : {};
  const query = { model: name, client: CLIENT, top: 10, ...explain };
  const answer = await answerOf(
    inference.POST('/predict', { params: { query }, body: { features }, signal }),
  );
  if ('results' in answer) throw new Error('A list of answers came to one row.');
  return answer;
}
