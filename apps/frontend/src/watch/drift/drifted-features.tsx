import { Card } from '../../design/card.tsx';
import type { FeatureReport } from '../watch-types.ts';
import { FeatureFigure } from './feature-figure.tsx';

/** More than this are in the table only. */
const SHOWN = 6;

/** What drifted, each as it was and as it is; what only follows from another is in the table. */
export function DriftedFeatures({ features }: { readonly features: readonly FeatureReport[] }) {
  const drifted = features.filter(({ verdict, follows }) => verdict === 'drifted' && follows === undefined);
  if (drifted.length === 0) return null;
  return (
    <Card title="What changed">
      <div className="watch-features">
        {drifted.slice(0, SHOWN).map((feature) => (
          <FeatureFigure key={`${feature.feature} ${feature.aspect}`} feature={feature} />
        ))}
      </div>
    </Card>
  );
}
