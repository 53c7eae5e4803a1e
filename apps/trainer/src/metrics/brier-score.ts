import { at, type Scores } from './scores.ts';
import { rowMean, type Statistic } from './statistic.ts';

/**
 * Brier score: the mean squared distance between the probabilities and what was true. Over all classes, 0 (best)
 * to 2, as in Brier (1950); with two classes over one of them, 0 to 1, as is usual and as scikit-learn does.
 */
export function brierScoreOf({ probabilities, labels, classes }: Scores): Statistic {
  return rowMean(
    Float64Array.from(labels, (truth, row) => {
      let sum = 0;
      for (let index = 0; index < classes; index++)
        sum += (at(probabilities, row * classes + index) - (index === truth ? 1 : 0)) ** 2;
      return classes === 2 ? sum / 2 : sum;
    }),
  );
}
