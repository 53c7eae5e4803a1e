import type { DriftReport } from '@assay/schema';
import { plural } from '../../wording/numbers.ts';
import { legend } from '../legend.ts';
import { LIMITS } from '../limits.ts';
import { markup, type Markup } from '../markup.ts';
import { leftOut } from '../table.ts';
import { featureCard } from './feature-card.ts';

const marks = legend([
  { style: 'reference-fill', text: 'reference' },
  { style: 'current-fill current-line', text: 'this window' },
  { style: 'arrow', text: 'from median to median' },
]);

/** The features that drifted, each with its histograms: those that stand for themselves, then those that follow from them. */
export function driftedSection({ features }: DriftReport): Markup | undefined {
  const all = features.filter(({ verdict }) => verdict === 'drifted');
  if (all.length === 0) return undefined;
  const shown = all.slice(0, LIMITS.drifted).map((feature, at) => ({ feature, id: `histogram-${at}` }));
  const cards = (part: typeof shown) =>
    markup`<ul class="cards">${part.map(({ feature, id }) => featureCard(feature, id))}</ul>`;
  const own = shown.filter(({ feature }) => feature.follows === undefined);
  const following = shown.filter(({ feature }) => feature.follows !== undefined);
  return markup`<section><h2 id="drifted">What drifted</h2>
<p>${plural(all.length, 'feature')} of ${features.length}. Both sides are drawn as shares, so that samples of different sizes compare.</p>
${marks}
${own.length > 0 ? cards(own) : undefined}
${following.length > 0 ? markup`<details><summary>${plural(following.length, 'feature')} that ${following.length === 1 ? 'follows' : 'follow'} from these</summary>${cards(following)}</details>` : undefined}
${leftOut(all.length, shown.length)}</section>
`;
}
