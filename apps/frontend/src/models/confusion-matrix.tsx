import { useId, useState, type KeyboardEvent } from 'react';
import { percent, words } from '../design/format.ts';
import { Figure } from '../design/figure.tsx';
import { Slider } from '../design/slider.tsx';
import { ConfusionCells } from './confusion-cells.tsx';
import { confusions, rowSums } from './confusions.ts';
import { TopConfusions } from './top-confusions.tsx';

export interface ConfusionMatrixProps {
  /** Counts `[truth][answer]`. */
  readonly matrix: readonly (readonly number[])[];
  readonly labels: readonly string[];
}

/** Where a look begins: few labels large enough for their counts, many small enough to be seen at once. Pixels. */
const firstSize = (labels: number) => Math.round(Math.min(64, Math.max(7, 560 / labels)));

/** What is taken for what, from two labels to hundreds: coloured by share of the truth, enlarged by a slider, walked by arrow keys. */
export function ConfusionMatrix({ matrix, labels }: ConfusionMatrixProps) {
  const [size, setSize] = useState(() => firstSize(labels.length));
  const [cell, setCell] = useState<{ truth: number; answer: number }>();
  const help = useId();
  const found = confusions(matrix);
  const sums = rowSums(matrix);

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const within = (at: number) => Math.min(labels.length - 1, Math.max(0, at));
    const { truth, answer } = cell ?? { truth: 0, answer: -1 };
    setCell({ truth: within(truth + step[0]!), answer: within(answer + step[1]!) });
  };

  return (
    <Figure
      title="What is taken for what"
      note="Rows are the truth, columns the answers; the stronger the colour, the larger the share of the truth. Blue is right, orange is wrong."
      table={{
        columns: ['Truth', 'Answer', 'Inputs', 'Of this truth'],
        rows: () => found.map(({ truth, answer, count, share }) => [
          words(labels[truth] ?? ''),
          words(labels[answer] ?? ''),
          count,
          percent(share),
        ]),
      }}
    >
      <div className="models-confusion">
        <div className="models-matrix-side">
          <div className="field">
            <span>Size of the cells</span>
            <Slider label="Size of the cells" value={size} min={5} max={64} step={1} onChange={setSize} />
          </div>
          <p className="models-matrix-said" aria-live="polite">
            {cell === undefined ? (
              <span id={help}>Point at a cell, or walk by arrow keys, to read it.</span>
            ) : (
              <>
                <bdi>{words(labels[cell.truth] ?? '')}</bdi>
                {cell.truth === cell.answer ? (
                  ' was right in '
                ) : (
                  <>
                    {' was taken for '}
                    <bdi>{words(labels[cell.answer] ?? '')}</bdi>
                    {' in '}
                  </>
                )}
                {matrix[cell.truth]?.[cell.answer] ?? 0} of {sums[cell.truth] ?? 0}
              </>
            )}
          </p>
          <TopConfusions confusions={found} labels={labels} onChoose={setCell} />
        </div>
        <div
          className="models-matrix"
          tabIndex={0}
          role="application"
          aria-label="Confusion matrix: arrow keys walk from cell to cell"
          aria-describedby={cell === undefined ? help : undefined}
          onKeyDown={walk}
        >
          <ConfusionCells matrix={matrix} labels={labels} size={size} cell={cell} onPoint={setCell} />
        </div>
      </div>
    </Figure>
  );
}
