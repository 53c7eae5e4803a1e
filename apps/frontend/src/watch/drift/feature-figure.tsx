import { BarChart } from '../../charts/charts.tsx';
import { Figure } from '../../design/figure.tsx';
import { number, percent } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { FeatureReport } from '../watch-types.ts';
import { aspectWords, featureWords } from './feature-words.ts';
import { sharesOf } from './shares-of.ts';

/** A feature in the reference and in the window, side by side. */
export function FeatureFigure({ feature }: { readonly feature: FeatureReport }) {
  const { histogram, direction, effect, threshold, follows } = feature;
  const title = aspectWords(feature.feature, feature.aspect);
  const note = (
    <>
      <NameText>{direction}</NameText>
      {effect !== null && ` · effect ${number(effect)}, ${number(threshold)} counts as drift`}
      {follows !== undefined && (
        <>
          {' · follows from '}
          <NameText>{featureWords(follows)}</NameText>
        </>
      )}
    </>
  );
  if (histogram === undefined)
    return (
      <div className="figure">
        <h3 className="figure-title">
          <NameText>{title}</NameText>
        </h3>
        <p>{note}</p>
      </div>
    );
  const { bins, reference, current } = sharesOf(histogram);
  return (
    <Figure
      title={title}
      note={note}
      table={{
        columns: [histogram.kind === 'numeric' ? 'Values' : 'Value', 'Reference', 'This window'],
        rows: () => bins.map((bin, at) => [bin, percent(reference[at] ?? 0), percent(current[at] ?? 0)]),
      }}
    >
      <BarChart
        label={`${title}: reference against this window`}
        places={bins}
        height={170}
        hasVerticalAxis={false}
        format={percent}
        series={[
          { name: 'reference', colour: 'var(--data-6)', values: reference },
          { name: 'this window', colour: 'var(--data-1)', values: current },
        ]}
      />
    </Figure>
  );
}
