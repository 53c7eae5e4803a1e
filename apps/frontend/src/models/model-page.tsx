import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { modelQuery } from '../api/queries.ts';
import type { ModelDetails } from '../api/types.ts';
import { Card } from '../design/card.tsx';
import { NameText } from '../design/name-text.tsx';
import { Page } from '../design/page.tsx';
import { QueryState } from '../design/query-state.tsx';
import { TabSet } from '../design/tab-set.tsx';
import { CardText } from './card-text.tsx';
import { ClassesPanel } from './classes-panel.tsx';
import { FormsPanel } from './forms-panel.tsx';
import { KeyFigures } from './key-figures.tsx';
import { OriginPanel } from './origin-panel.tsx';
import { QualityPanel } from './quality-panel.tsx';
import { RefusedNotice } from './refused-notice.tsx';
import { RobustnessPanel } from './robustness-panel.tsx';
import { TryIt } from './try-it.tsx';

/** Everything that is known of one model. */
export function ModelPage({ name }: { readonly name: string }) {
  const model = useQuery(modelQuery(name));
  return (
    <Page title={name} lead={<NameText>{model.data?.description ?? ''}</NameText>}>
      <p className="page-back">
        <Link href="/">All models</Link>
      </p>
      <QueryState query={model} label="The model is being fetched">
        {(details) => <Details model={details} />}
      </QueryState>
    </Page>
  );
}

function Details({ model }: { readonly model: ModelDetails }) {
  const { evaluation } = model;
  const measured =
    evaluation === undefined
      ? []
      : [
          {
            id: 'classes',
            title: 'Classes',
            content: <ClassesPanel evaluation={evaluation} labels={model.labels} />,
          },
          { id: 'robustness', title: 'Robustness', content: <RobustnessPanel evaluation={evaluation} /> },
        ];
  return (
    <>
      <RefusedNotice model={model} />
      <Card title="In short">
        <KeyFigures model={model} />
        <div className="buttons">
          <TryIt name={model.name} main />
        </div>
      </Card>
      <Card title="In detail">
        <TabSet
          label={`About ${model.name}`}
          tabs={[
            { id: 'quality', title: 'How good it is', content: <QualityPanel model={model} /> },
            ...measured,
            { id: 'forms', title: 'Forms and versions', content: <FormsPanel model={model} /> },
            { id: 'origin', title: 'Where it comes from', content: <OriginPanel model={model} /> },
            { id: 'card', title: 'Card', content: <CardText name={model.name} version={model.version} /> },
          ]}
        />
      </Card>
    </>
  );
}
