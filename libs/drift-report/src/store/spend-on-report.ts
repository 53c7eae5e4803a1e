import { spendAlpha } from '@assay/drift-statistics';
import { updateObject, type ObjectStore } from '@assay/object-store';
import type { DriftReport } from '@assay/schema';
import { z } from 'zod';
import { reportId, type ReportSubject } from '../report-id.ts';

/** Chance of any false alarm of a model in a week. */
const BUDGET = 0.05;
/** Looks of a week that share it: one an hour. */
const LOOKS = 168;

const ledger = z.looseObject({
  schemaVersion: z.literal(1),
  period: z.int(),
  looks: z.record(z.string(), z.number().min(0).max(1)),
});

/**
 * The significance level that a report is made at, paid from the model's budget of the week (`spendAlpha`); the same report gets
 * the same level again. A look beyond what the budget has accrued gets the share of an hour all the same, so that none is blind: each
 * such look adds 0.03 % to the 5 % of a week.
 */
export async function spendOnReport(
  store: Pick<ObjectStore, 'get' | 'put'>,
  subject: ReportSubject,
): Promise<DriftReport['alpha']> {
  let level = 0;
  await updateObject(store, `drift/alpha/${subject.model}.json`, {
    change(content) {
      const before = readLedger(content);
      const at = new Date(subject.window.to).getTime();
      const { alpha, state } = spendAlpha(before, { window: reportId(subject), at, budget: BUDGET });
      level = alpha;
      return state === before ? undefined : JSON.stringify({ schemaVersion: 1, ...state });
    },
  });
  return { level: Math.max(level, BUDGET / LOOKS), budget: BUDGET };
}

/** One that cannot be read is begun anew. */
function readLedger(content: Buffer | undefined) {
  if (content === undefined) return undefined;
  try {
    const { period, looks } = ledger.parse(JSON.parse(content.toString()));
    return { period, looks };
  } catch {
    return undefined;
  }
}
