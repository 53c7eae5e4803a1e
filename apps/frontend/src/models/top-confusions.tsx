import { words } from '../design/format.ts';
import { NameText } from '../design/name-text.tsx';
import type { Confusion } from './confusions.ts';

export interface TopConfusionsProps {
  /** The most frequent first. */
  readonly confusions: readonly Confusion[];
  readonly labels: readonly string[];
  onChoose(confusion: Confusion): void;
}

const SHOWN = 8;

/** The most frequent mistakes; one that is chosen is shown in the matrix. */
export function TopConfusions({ confusions, labels, onChoose }: TopConfusionsProps) {
  if (confusions.length === 0) return <p>On the test part nothing was taken for anything else.</p>;
  return (
    <>
      <p className="label">Most frequent mistakes</p>
      <ol className="models-mistakes">
        {confusions.slice(0, SHOWN).map((confusion) => {
          const { truth, answer, count } = confusion;
          return (
            <li key={`${truth}-${answer}`}>
              <button type="button" onClick={() => onChoose(confusion)}>
                <span>
                  <NameText>{words(labels[truth] ?? '')}</NameText> <span className="models-taken-for">taken for</span>{' '}
                  <NameText>{words(labels[answer] ?? '')}</NameText>
                </span>
                <span className="figures">{count}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </>
  );
}
