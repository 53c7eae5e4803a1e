import type { Explanation } from '../api/types.ts';
import { Card } from '../design/card.tsx';
import { number, percent, words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';

/** The longest bar is at least so much probability: differences that are next to nothing look like it. */
const LEAST = 0.02;

/** How much each number speaks for an answer, or against it. */
export function Contributions({ explanation }: { readonly explanation: Explanation | undefined }) {
  if (explanation?.method !== 'contributions') return null;
  const { label, baseline, score, contributions } = explanation;
  const strongest = Math.max(...contributions.map(({ contribution }) => Math.abs(contribution)), LEAST);
  return (
    <Card title={`Why “${words(label)}”`}>
      <p className="figure-note">
        With typical numbers the model gives “{words(label)}” {percent(baseline)}; with these {percent(score)}
        . What each of them adds or takes, in points of a hundred:
      </p>
      <ul className="ask-contributions">
        {contributions.map(({ feature, value, contribution }) => (
          <li key={feature} className="ask-contribution">
            <span>
              <NameText>{feature}</NameText>{' '}
              <span className="ask-contribution-value figures">{number(value)}</span>
            </span>
            <span className="ask-contribution-bar" aria-hidden="true">
              <span
                className={contribution < 0 ? 'ask-contribution-less' : 'ask-contribution-more'}
                style={{ width: `${(Math.abs(contribution) / strongest) * 50}%` }}
              />
            </span>
            <span className="figures ask-contribution-points">{points(contribution)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** `+4.2`, `−0.3`. @param share of one */
function points(share: number): string {
  const value = Math.abs(share * 100).toFixed(1);
  return value === '0.0' ? '0' : `${share < 0 ? '−' : '+'}${value}`;
}
