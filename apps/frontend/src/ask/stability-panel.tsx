import type { Stability } from '../api/types.ts';
import { classNames } from '../design/class-names.ts';
import { percent, words } from '../design/format.ts';

/** What the answer would be, had the picture been compressed, shrunk, blurred or made noisy on its way. */
export function StabilityPanel({ stability }: { readonly stability: Stability }) {
  const { summary, of, probability, stable, rows } = stability;
  return (
    <div className="ask-stability">
      <p>
        <bdi>{summary}</bdi>
        {!stable && ' Do not lean on this answer for a picture that was sent around.'}
      </p>
      <p className="figure-note">
        Probability of “<bdi>{words(of)}</bdi>” from 0 to 100 %; the line is the picture as it is,{' '}
        {percent(probability)}. A square says that label or decision are another.
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.name} className="ask-stability-row">
            <span>{row.name}</span>
            <span className="ask-stability-track" aria-hidden="true">
              <span className="ask-stability-was" style={{ left: `${probability * 100}%` }} />
              <span
                className={classNames('ask-stability-dot', row.flips && 'ask-stability-flip')}
                style={{ left: `${row.probability * 100}%` }}
              />
            </span>
            <span className="ask-stability-number figures">{percent(row.probability)}</span>
            <span className="ask-stability-says">
              {row.flips && (
                <>
                  now <bdi>{words(row.decision)}</bdi>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
