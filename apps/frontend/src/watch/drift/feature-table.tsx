import { Fragment, useState } from 'react';
import { Card } from '../../design/card.tsx';
import { Button } from '../../design/button.tsx';
import { number } from '../../design/format.ts';
import { NameText } from '../../design/name-text.tsx';
import type { FeatureReport } from '../watch-types.ts';
import { EffectBar } from './effect-bar.tsx';
import { FeatureFigure } from './feature-figure.tsx';
import { aspectWords, featureWords } from './feature-words.ts';
import { VerdictBadge } from './verdict-badge.tsx';

/** What stands out comes first; the rest is there for who asks. */
const FIRST = 12;

const keyOf = ({ feature, aspect }: FeatureReport) => `${feature} ${aspect}`;

/** Every feature that was judged; each opens to show its values. */
export function FeatureTable({ features }: { readonly features: readonly FeatureReport[] }) {
  const [open, setOpen] = useState<string>();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? features : features.slice(0, FIRST);
  return (
    <Card title="All that was watched">
      <p className="figure-note">
        An effect of 1 is as large as has to be before it counts as drift; it must be more than chance as
        well, given how much was looked at (adjusted p).
      </p>
      <div className="wide" tabIndex={0} role="region" aria-label="All features">
        <table className="watch-table">
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col">Verdict</th>
              <th scope="col">Effect over threshold</th>
              <th scope="col" className="number">
                Adjusted p
              </th>
              <th scope="col">Change</th>
              <th scope="col">
                <span className="heard">Values</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((feature) => {
              const { effect, threshold, adjusted, verdict, direction, follows, moreNeeded, histogram } =
                feature;
              const key = keyOf(feature);
              const isOpen = key === open;
              const name = aspectWords(feature.feature, feature.aspect);
              return (
                <Fragment key={key}>
                  <tr>
                    <th scope="row" className="row-name">
                      <NameText>{name}</NameText>
                    </th>
                    <td>
                      <VerdictBadge verdict={verdict} />
                    </td>
                    <td>
                      <EffectBar
                        ratio={effect === null || threshold === 0 ? null : Math.abs(effect) / threshold}
                        isDrifted={verdict === 'drifted'}
                      />
                    </td>
                    <td className="number">{adjusted < 0.0001 ? '< 0.0001' : number(adjusted)}</td>
                    <td className="watch-change">
                      <NameText>{direction}</NameText>
                      {follows !== undefined && (
                        <span className="watch-faint">
                          {' '}
                          follows from <NameText>{featureWords(follows)}</NameText>
                        </span>
                      )}
                      {moreNeeded !== undefined && (
                        <span className="watch-faint"> {moreNeeded.toLocaleString('en-GB')} more needed</span>
                      )}
                    </td>
                    <td>
                      {histogram !== undefined && (
                        <Button
                          kind="quiet"
                          small
                          aria-expanded={isOpen}
                          aria-label={`Values of ${name}`}
                          onClick={() => setOpen(isOpen ? undefined : key)}
                        >
                          {isOpen ? 'Close' : 'Values'}
                        </Button>
                      )}
                    </td>
                  </tr>
                  {isOpen && (
                    <tr>
                      <td colSpan={6}>
                        <FeatureFigure feature={feature} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {shown.length < features.length && (
        <div className="buttons">
          <Button small onClick={() => setWhole(true)}>
            Show all {features.length}
          </Button>
        </div>
      )}
    </Card>
  );
}
