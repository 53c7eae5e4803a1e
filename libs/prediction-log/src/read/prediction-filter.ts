import type { LoggedOutcome, PredictionRecord, ProblemCode } from '@assay/schema';
import type { Parameters } from '../database/open-database.ts';

/** Which predictions are asked for: those that meet every condition that is given. */
export interface PredictionFilter {
  from?: Date;
  /** Not included. */
  to?: Date;
  model?: string;
  version?: string;
  variant?: 'fp32' | 'int8';
  client?: string;
  outcome?: LoggedOutcome;
  code?: ProblemCode;
  prediction?: string;
  /** A label, `uncertain` or `out-of-scope`. */
  decision?: string;
  /** sha256 of the input. */
  input?: string;
  /** The truth, as the latest feedback has it. */
  label?: string;
  /** `given` or `missing`; `right` and `wrong`: whether the prediction is what the feedback says. */
  feedback?: 'given' | 'missing' | 'right' | 'wrong';
}

/** The column that each member is compared with. */
const columns = {
  model: 'model_name',
  version: 'model_version',
  variant: 'model_variant',
  client: 'client',
  outcome: 'outcome',
  code: 'code',
  prediction: 'answer_prediction',
  decision: 'answer_decision',
  input: 'input_sha256',
  label: 'feedback_label',
} as const satisfies Partial<Record<keyof PredictionFilter, string>>;

const feedbackConditions: Readonly<Record<NonNullable<PredictionFilter['feedback']>, string>> = {
  given: 'feedback_label IS NOT NULL',
  missing: 'feedback_label IS NULL',
  right: 'feedback_label = answer_prediction',
  wrong: 'feedback_label <> answer_prediction',
};

type Compared = keyof typeof columns;

const comparedIn = (filter: PredictionFilter): Compared[] =>
  (Object.keys(columns) as Compared[]).filter((name) => filter[name] !== undefined);

/** The filter as SQL over the predictions, but for its times. */
export function conditions(filter: PredictionFilter): { where: string[]; parameters: Parameters } {
  const compared = comparedIn(filter);
  const where = compared.map((name) => `${columns[name]} = $${name}`);
  if (filter.feedback) where.push(feedbackConditions[filter.feedback]);
  return { where, parameters: Object.fromEntries(compared.map((name) => [name, filter[name]!])) };
}

/** The columns of `predictions` that the filter looks at. */
export function conditionColumns(filter: PredictionFilter): string[] {
  const names = comparedIn(filter).map((name) => columns[name]);
  return filter.feedback ? [...names, 'answer_prediction', 'feedback_label'] : names;
}

/** Whether a prediction, as it was sent, meets the filter; for those who see it before it has feedback. */
export function meets(filter: PredictionFilter, record: PredictionRecord): boolean {
  const { model, version, variant, client, outcome, code, prediction, decision, input, label, feedback } =
    filter;
  const time = Date.parse(record.time);
  const same = (wanted: string | undefined, found: string | undefined) =>
    wanted === undefined || wanted === found;
  return (
    (filter.from === undefined || time >= filter.from.getTime()) &&
    (filter.to === undefined || time < filter.to.getTime()) &&
    same(model, record.model?.name) &&
    same(version, record.model?.version) &&
    same(variant, record.model?.variant) &&
    same(client, record.client) &&
    same(outcome, record.outcome) &&
    same(code, record.code) &&
    same(prediction, record.answer?.prediction) &&
    same(decision, record.answer?.decision) &&
    same(input, record.input?.sha256) &&
    label === undefined &&
    (feedback === undefined || feedback === 'missing')
  );
}
