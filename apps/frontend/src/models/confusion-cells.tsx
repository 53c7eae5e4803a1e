import { memo, type PointerEvent } from 'react';
import { words } from '../design/format.ts';
import { rowSums } from './confusions.ts';

export interface ConfusionCellsProps {
  /** Counts `[truth][answer]`. */
  readonly matrix: readonly (readonly number[])[];
  readonly labels: readonly string[];
  /** Of a cell, pixels. */
  readonly size: number;
  /** The one that is looked at. */
  readonly cell: { readonly truth: number; readonly answer: number } | undefined;
  onPoint(cell: { truth: number; answer: number }): void;
}

/** From this size on a cell has room for the label beside it, and for its count. Pixels. */
const LABELLED = 11;
const COUNTED = 22;

/** Longest label that is shown beside the cells, in characters; the whole is told when a cell is pointed at. */
const LABEL_LENGTH = 22;

/** Width of a character of a label, at most. Pixels. */
const CHARACTER = 6.2;

/** The cells of a confusion matrix as a picture; only those with something in them are drawn. */
export const ConfusionCells = memo(function ConfusionCells({
  matrix,
  labels,
  size,
  cell,
  onPoint,
}: ConfusionCellsProps) {
  const isLabelled = size >= LABELLED;
  const shown = labels.map((label) => shorten(words(label)));
  const room = isLabelled ? Math.ceil(Math.max(...shown.map(({ length }) => length)) * CHARACTER) + 10 : 4;
  const side = size * labels.length;
  const sums = rowSums(matrix);
  const at = (index: number) => room + index * size;

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (length: number) => Math.floor((length - room) / size);
    const [answer, truth] = [place(event.clientX - box.left), place(event.clientY - box.top)];
    const isInside = (index: number) => index >= 0 && index < labels.length;
    if (!isInside(truth) || !isInside(answer) || (cell?.truth === truth && cell.answer === answer)) return;
    onPoint({ truth, answer });
  };

  return (
    <svg
      className="models-cells"
      width={room + side + 4}
      height={room + side + 4}
      aria-hidden="true"
      onPointerMove={point}
      onPointerDown={point}
    >
      <rect x={room} y={room} width={side} height={side} fill="var(--sunken)" />
      {isLabelled &&
        shown.map((label, index) => (
          <g key={index} className="models-cells-label">
            <text x={room - 6} y={at(index) + size / 2} textAnchor="end" dominantBaseline="central">
              {label}
            </text>
            <text
              transform={`translate(${at(index) + size / 2} ${room - 6}) rotate(-90)`}
              dominantBaseline="central"
            >
              {label}
            </text>
          </g>
        ))}
      {matrix.flatMap((row, truth) =>
        row.flatMap((count, answer) => {
          if (count === 0) return [];
          const share = count / sums[truth]!;
          return [
            <g key={`${truth}-${answer}`}>
              <rect
                x={at(answer)}
                y={at(truth)}
                width={size}
                height={size}
                fill={truth === answer ? 'var(--data-1)' : 'var(--data-2)'}
                fillOpacity={0.12 + 0.88 * share}
              />
              {size >= COUNTED && (
                <text
                  className={share > 0.5 ? 'models-cells-count models-cells-strong' : 'models-cells-count'}
                  x={at(answer) + size / 2}
                  y={at(truth) + size / 2}
                  textAnchor="middle"
                  dominantBaseline="central"
                >
                  {count}
                </text>
              )}
            </g>,
          ];
        }),
      )}
      {cell !== undefined && (
        <rect
          x={at(cell.answer)}
          y={at(cell.truth)}
          width={size}
          height={size}
          fill="none"
          stroke="var(--ink)"
          strokeWidth="2"
        />
      )}
    </svg>
  );
});

function shorten(label: string): string {
  // Whoever turns the direction of writing turns no more than his own label.
  const plain = label.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '');
  return plain.length > LABEL_LENGTH ? `${plain.slice(0, LABEL_LENGTH - 1)}…` : plain;
}
