import type { PredictionRecord } from '@assay/schema';

/** A prediction in a line. */
export function describePrediction(record: PredictionRecord): string {
  const { time, id, model, answer, outcome, code, stages, client } = record;
  const who = model ? `${model.name}@${model.version}` : '–';
  const what = answer
    ? `${answer.decision} ${(100 * answer.confidence).toFixed(1)} %`
    : `${outcome}: ${code ?? 'unknown'}`;
  const took = stages.total === undefined ? '' : `${stages.total.toFixed(1)} ms`;
  return [time, id, who, what, took, client ?? ''].filter((part) => part !== '').join('  ');
}
