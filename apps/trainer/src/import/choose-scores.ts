import { elementCount, type Tensor } from '@assay/model-runtime';
import { AssayError } from '@assay/schema';
import type { ScoreOutput } from './score-outputs.ts';

/** The output that holds one score per label. */
export interface ChosenScores extends ScoreOutput {
  /** Scores per row: as many as labels, or 1 for two labels. */
  width: number;
  /** Whether it is `[N, width]` already. */
  isTable: boolean;
}

/**
 * Picks the output with as many scores as there are labels.
 *
 * @param seen what each output gave for one row, by the name of its tensor
 * @throws AssayError `invalid-model` where none or several fit, with the sizes of all
 */
export function chooseScores(
  outputs: readonly ScoreOutput[],
  seen: Readonly<Record<string, Tensor>>,
  labels: number | undefined,
): ChosenScores {
  const described = outputs.map(
    ({ name, tensor }) => `${name} [${['N', ...seen[tensor]!.shape.slice(1)].join(',')}]`,
  );
  const rows = outputs.flatMap((output) => {
    const { shape } = seen[output.tensor]!;
    const width = elementCount(shape.slice(1));
    const isRow = shape.slice(1).filter((size) => size !== 1).length <= 1;
    return isRow ? [{ ...output, width, isTable: shape.length === 2 }] : [];
  });
  if (labels === undefined)
    throw new AssayError(
      'invalid-configuration',
      `The model does not name its labels; say --labels. It gives: ${described.join(', ')}.`,
    );
  const exact = rows.filter(({ width }) => width === labels);
  const fitting = exact.length > 0 || labels !== 2 ? exact : rows.filter(({ width }) => width === 1);
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  throw new AssayError(
    'invalid-model',
    only === undefined
      ? `There are ${labels} labels, and no output gives as many scores${labels === 2 ? ', or one' : ''}. The model gives: ${described.join(', ')}.`
      : `Several outputs give as many scores as there are labels; say which with --output: ${fitting.map(({ name }) => name).join(', ')}.`,
  );
}
