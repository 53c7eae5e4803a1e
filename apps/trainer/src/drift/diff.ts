import { writeFile } from 'node:fs/promises';
import { diffReports, openReportStore, renderDiffPage } from '@assay/drift-report';
import { openObjectStore } from '@assay/object-store';
import { tableOf } from '../log/format-rows.ts';
import type { Output } from '../output.ts';

/** What `assay drift diff` was asked to do. */
export interface DiffRequest {
  log: string;
  before: string;
  after: string;
  json: boolean;
  html?: string;
}

/** Says what changed between two reports. @throws AssayError `unknown-report`, `incomparable-reports` */
export async function diff(request: DiffRequest, output: Output): Promise<void> {
  const reports = openReportStore(await openObjectStore(request.log));
  const found = diffReports(await reports.get(request.before), await reports.get(request.after));
  if (request.html !== undefined) {
    await writeFile(request.html, renderDiffPage(found));
    output.note(`The difference as a page: ${request.html}`);
  }
  if (request.json) {
    output.line(JSON.stringify(found));
    return;
  }
  output.line(found.summary);
  const rounded = (effect: number | null | undefined) =>
    typeof effect === 'number' ? Number(effect.toPrecision(3)) : null;
  tableOf(
    found.features.map(({ feature, before, after, effectBefore, effectAfter, direction }) => ({
      feature,
      before: before ?? null,
      after: after ?? null,
      'effect before': rounded(effectBefore),
      'effect after': rounded(effectAfter),
      direction,
    })),
  ).forEach((line) => output.line(line));
}
