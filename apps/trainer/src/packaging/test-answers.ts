import type { TestAnswers } from '@assay/schema';
import type { LabelledInput } from '../data/labelled-input.ts';
import type { Scores } from '../metrics/scores.ts';

/** Name of the file in a package. */
export const testAnswersFile = 'test-answers.json';

/** More digits than a comparison needs. */
const significantDigits = 6;

/** What was answered on the test part, to be compared with other models by when nothing can be answered unseen any more. */
export function packTestAnswers(inputs: readonly LabelledInput[], scores: Scores): string {
  const { probabilities, classes } = scores;
  const answers = inputs.flatMap(({ digest }, row) =>
    digest === undefined
      ? []
      : [
          {
            input: digest,
            probabilities: Array.from(probabilities.subarray(row * classes, (row + 1) * classes), (value) =>
              Number(value.toPrecision(significantDigits)),
            ),
          },
        ],
  );
  return `${JSON.stringify({ schemaVersion: 1, answers } satisfies TestAnswers)}\n`;
}
