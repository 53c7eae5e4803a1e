import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { modelQuery } from '../api/queries.ts';
import type { ServedModel } from '../api/types.ts';
import { Stat, Stats } from '../charts/stat.tsx';
import { Badge } from '../design/badge.tsx';
import { Card } from '../design/card.tsx';
import { milliseconds, words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import { exactPercent, intervalText } from './figure-text.ts';
import { RefusedNotice } from './refused-notice.tsx';
import { TryIt } from './try-it.tsx';

/** One model at a glance. */
export function ModelCard({ model }: { readonly model: ServedModel }) {
  const { name, version, description, labels, input } = model;
  const { data: details } = useQuery(modelQuery(name));
  const accuracy = details?.evaluation?.metrics.accuracy;
  const { latencyMs } = details?.variants[details.variant] ?? {};
  return (
    <Card
      title={name}
      className="models-card"
      aside={
        <span className="models-badges">
          {model.default && <Badge tone="accent">asked by default</Badge>}
          <Badge>{input === 'image' ? 'pictures' : 'numbers'}</Badge>
        </span>
      }
    >
      <p>
        <NameText>{description}</NameText>
      </p>
      <Stats>
        {accuracy !== undefined && (
          <Stat
            label="Accuracy"
            value={exactPercent(accuracy.value)}
            note={intervalText('accuracy', accuracy.interval)}
          />
        )}
        <Stat label="Labels" value={String(labels.length)} note={<NameText line>{labels.map(words).join(', ')}</NameText>} />
        {latencyMs !== undefined && (
          <Stat label="One input" value={milliseconds(latencyMs)} note={`${model.variant}, one thread`} />
        )}
      </Stats>
      <RefusedNotice model={model} />
      <div className="buttons models-card-foot">
        <Link href={`/${name}`} className="button">
          How good is it?
          <span className="heard"> {name}</span>
        </Link>
        <TryIt name={name} />
        <span className="figure-note">
          version <bdi>{version}</bdi>
        </span>
      </div>
    </Card>
  );
}
