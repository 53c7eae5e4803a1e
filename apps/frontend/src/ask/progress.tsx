import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { percent } from '../design/format.ts';
import type { AskState } from './ask.ts';

export interface ProgressProps {
  readonly state: Extract<AskState, { step: 'waiting' | 'sending' | 'thinking' }>;
  onCancel(): void;
}

/** How far a question has come, and a way out of it. */
export function Progress({ state, onCancel }: ProgressProps) {
  const share = state.step === 'sending' ? state.share : undefined;
  return (
    <Card>
      <p className="ask-progress-words">{wordsOf(state)}</p>
      <progress className="ask-progress" max={1} value={share} aria-label={wordsOf(state)} />
      <div className="buttons">
        <Button small onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </Card>
  );
}

function wordsOf(state: ProgressProps['state']): string {
  switch (state.step) {
    case 'waiting':
      return 'Waiting for its turn …';
    case 'sending':
      return `Sending, ${percent(state.share)} …`;
    case 'thinking':
      return 'The model looks at it …';
  }
}
