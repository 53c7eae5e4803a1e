import { Page } from '../../design/page.tsx';
import { ModelFilter } from '../model-filter.tsx';
import { useParameter } from '../use-parameter.ts';
import { WatchNav } from '../watch-nav.tsx';
import { LiveTail } from './live-tail.tsx';

/** Predictions as they come. */
export function LivePage() {
  const [model, setModel] = useParameter('model');
  return (
    <Page title="Live" lead="Predictions as they come, from everywhere the models are asked.">
      <WatchNav />
      <div className="watch-filters">
        <ModelFilter model={model ?? undefined} onChoose={setModel} />
      </div>
      <LiveTail key={model ?? ''} model={model ?? undefined} />
    </Page>
  );
}
