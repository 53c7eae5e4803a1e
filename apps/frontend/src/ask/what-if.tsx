import type { Prediction } from '../api/types.ts';
import { Button } from '../design/button.tsx';
import { Card } from '../design/card.tsx';
import { percent, words } from '../design/format.ts';

export interface WhatIfProps {
  readonly answer: Prediction;
  /** What is compared with. */
  readonly pinned: Prediction | undefined;
  onPin(answer: Prediction | undefined): void;
}

/** Compares an answer with one that was kept: what would it be if this number were another? */
export function WhatIf({ answer, pinned, onPin }: WhatIfProps) {
  if (pinned === undefined)
    return (
      <Card>
        <p>What if a number were another? Keep this answer, then move a slider.</p>
        <div className="buttons">
          <Button small onClick={() => onPin(answer)}>
            Keep it to compare
          </Button>
        </div>
      </Card>
    );
  const labels = Object.keys(answer.probabilities);
  return (
    <Card
      title="Compared with the answer you kept"
      aside={
        <Button small onClick={() => onPin(undefined)}>
          Let it go
        </Button>
      }
    >
      <table>
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col" className="number">
              kept
            </th>
            <th scope="col" className="number">
              now
            </th>
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <td>
                <bdi>{words(label)}</bdi>
              </td>
              <td className="number">{percent(pinned.probabilities[label] ?? 0)}</td>
              <td className="number">{percent(answer.probabilities[label] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
