import { percent } from '../design/format.ts';
import type { Ask } from './ask.ts';
import { verdictOf } from './verdict.ts';

/** Says to those who listen what has become of the pictures. */
export function Announcements({ asks }: { readonly asks: readonly Ask[] }) {
  const open = asks.filter(
    ({ state: { step } }) => step === 'sending' || step === 'thinking' || step === 'waiting',
  );
  const last = asks.findLast(({ state: { step } }) => step === 'answered' || step === 'refused');
  return (
    <p className="heard" role="status" aria-live="polite">
      {open.length > 0
        ? `${open.length === 1 ? 'A picture is' : `${open.length} pictures are`} being looked at.`
        : said(last)}
    </p>
  );
}

function said(ask: Ask | undefined): string {
  if (ask?.state.step === 'refused') return `${ask.state.words.title}. ${ask.state.words.advice}`;
  if (ask?.state.step !== 'answered') return '';
  const { answer } = ask.state;
  return `${verdictOf(answer).headline}, ${percent(answer.confidence)}.`;
}
