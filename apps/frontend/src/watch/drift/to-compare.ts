import type { ReportEntry } from '../watch-types.ts';

/** Which of two chosen reports is the one before; undefined unless two of one model are chosen. */
export function toCompare(
  reports: readonly ReportEntry[],
  chosen: readonly string[],
): { before: string; after: string } | undefined {
  const [one, other, ...more] = reports.filter(({ id }) => chosen.includes(id));
  if (one === undefined || other === undefined || more.length > 0) return undefined;
  if (one.model.name !== other.model.name) return undefined;
  const [before, after] = one.window.from <= other.window.from ? [one, other] : [other, one];
  return { before: before.id, after: after.id };
}
