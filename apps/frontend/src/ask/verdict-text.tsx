import { Badge } from '../design/badge.tsx';
import { classNames } from '../design/class-names.ts';
import { percent } from '../design/format.ts';
import type { Verdict } from './verdict.ts';

export interface VerdictTextProps {
  readonly verdict: Verdict;
  /** Probability of the prediction, 0 to 1. */
  readonly confidence: number;
  /** From which probability on the model commits itself, 0 to 1. */
  readonly threshold: number | undefined;
}

const STANDING = {
  sure: { tone: 'good', text: 'the model commits itself' },
  uncertain: { tone: 'warn', text: 'uncertain' },
  'out-of-scope': { tone: 'warn', text: 'out of scope' },
} as const;

/** The verdict in words and as a number, with why it is or is not to be acted on. */
export function VerdictText({ verdict, confidence, threshold }: VerdictTextProps) {
  const { tone, text } = STANDING[verdict.kind];
  return (
    <div className="ask-verdict">
      <Badge tone={tone}>{text}</Badge>
      <h2 className="ask-verdict-headline">
        <bdi>{verdict.headline}</bdi>
      </h2>
      <p className="ask-verdict-number figures">
        <strong>{percent(confidence)}</strong> probable
      </p>
      <div className="ask-scale" aria-hidden="true">
        <div
          className={classNames('ask-scale-fill', verdict.kind !== 'sure' && 'ask-scale-idle')}
          style={{ width: `${confidence * 100}%` }}
        />
        {threshold !== undefined && threshold > 0 && (
          <div className="ask-scale-mark" style={{ insetInlineStart: `${threshold * 100}%` }} />
        )}
      </div>
      <p>{verdict.meaning}</p>
      <p className="ask-verdict-why">{verdict.why}</p>
    </div>
  );
}
