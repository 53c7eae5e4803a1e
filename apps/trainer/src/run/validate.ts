import { exportModel, weightsOf, type NetworkSpec, type TrainingState } from '@assay/training';
import type { PreparedData } from '../data/examples.ts';
import type { SplitName } from '../data/sample.ts';
import { evaluateScores, type Evaluation } from '../metrics/evaluate-scores.ts';
import type { Scores } from '../metrics/scores.ts';
import { scoreExamples } from './score-examples.ts';

/** Probabilities of raw logits `[N, labels]` after `logits / temperature + bias`, float64. */
export function toScores(
  logits: Float32Array,
  classes: Int32Array,
  options: { labels: number; calibration?: { temperature: number; bias: readonly number[] } },
): Scores {
  const { labels, calibration } = options;
  const probabilities = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += labels) {
    const row = Array.from(logits.subarray(start, start + labels), (logit, index) =>
      calibration ? logit / calibration.temperature + (calibration.bias[index] ?? 0) : logit,
    );
    const highest = Math.max(...row);
    const weights = row.map((value) => Math.exp(value - highest));
    const sum = weights.reduce((total, value) => total + value, 0);
    weights.forEach((value, index) => (probabilities[start + index] = value / sum));
  }
  return { probabilities, labels: classes, classes: labels };
}

/** Looks at a split through the exported model, prepared as in serving, before calibration. */
export async function validate(
  training: { network: NetworkSpec; state: TrainingState },
  data: PreparedData,
  options: { split: SplitName; threads: number; positive?: number | undefined },
): Promise<Evaluation & { scores: Scores }> {
  const labels = data.labels.length;
  const examples = data.examples[options.split];
  const model = exportModel(training.network, weightsOf(training.state));
  const { logits } = await scoreExamples(model, examples, { threads: options.threads, labels });
  const scores = toScores(logits, examples.classes, { labels });
  return { ...evaluateScores(scores, { positive: options.positive }), scores };
}
