import { Badge, type Tone } from '../../design/badge.tsx';
import type { DriftVerdict } from '../watch-types.ts';

/** Verdicts in words, each with its tone and mark. */
export const VERDICTS: Readonly<
  Record<DriftVerdict, { words: string; mark: string; tone: Exclude<Tone, 'plain'> }>
> = {
  stable: { words: 'stable', mark: '✓', tone: 'good' },
  drifted: { words: 'drifted', mark: '▲', tone: 'bad' },
  'insufficient-data': { words: 'too little data', mark: '?', tone: 'warn' },
};

/** A verdict; the mark tells it from the others without colour. */
export function VerdictBadge({ verdict }: { readonly verdict: DriftVerdict }) {
  const { words, mark, tone } = VERDICTS[verdict];
  return (
    <Badge tone={tone}>
      <span aria-hidden="true">{mark}</span> {words}
    </Badge>
  );
}
