import { at, predictedClass, type Scores } from './scores.ts';
import type { Statistic } from './statistic.ts';

/**
 * Cohen's kappa with quadratic weights (Cohen 1968), for classes that are steps of a scale: agreement beyond chance, where a
 * miss counts by the square of how many steps it is off. 1 is perfect, 0 is chance, negative is worse; NaN where
 * truth and answers are one and the same class throughout.
 */
export function quadraticKappaOf(scores: Scores): Statistic {
  const predicted = Int32Array.from(scores.labels, (_, row) => predictedClass(scores, row));
  // With squared distances, chance only needs means and mean squares: E(a - b)² for independent a and b.
  return (weights) => {
    const sums = { count: 0, truth: 0, truth2: 0, answer: 0, answer2: 0, missed: 0 };
    for (let row = 0; row < predicted.length; row++) {
      const weight = at(weights, row);
      const truth = at(scores.labels, row);
      const answer = at(predicted, row);
      sums.count += weight;
      sums.truth += weight * truth;
      sums.truth2 += weight * truth * truth;
      sums.answer += weight * answer;
      sums.answer2 += weight * answer * answer;
      sums.missed += weight * (truth - answer) ** 2;
    }
    // Whole numbers until the division, so that "no chance of a miss" is exactly 0.
    const chance = (sums.truth2 + sums.answer2) * sums.count - 2 * sums.truth * sums.answer;
    return 1 - (sums.missed * sums.count) / chance;
  };
}
