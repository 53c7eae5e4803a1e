import { openReportStore } from '@assay/drift-report';
import { openObjectStore } from '@assay/object-store';
import type { DriftReportEntry, DriftVerdict } from '@assay/schema';
import { tableOf } from '../log/format-rows.ts';
import type { Output } from '../output.ts';

/** What `assay drift list` was asked to do. */
export interface ListRequest {
  log: string;
  model?: string;
  verdict?: DriftVerdict;
  /** How many at most. */
  last: number;
  json: boolean;
}

/** Lists reports, the latest window first. */
export async function listReports(
  { log, last, json, ...filter }: ListRequest,
  output: Output,
): Promise<void> {
  const reports = openReportStore(await openObjectStore(log));
  const found: DriftReportEntry[] = [];
  let pageToken: string | undefined;
  do {
    const page = await reports.list(filter, { limit: last - found.length, pageToken });
    found.push(...page.reports);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && found.length < last);
  if (json) found.forEach((entry) => output.line(JSON.stringify(entry)));
  else tableOf(found.map(rowOf)).forEach((line) => output.line(line));
  if (found.length === 0) output.note('No reports. "assay drift report" makes one.');
}

/** Features that are named in a line. */
const NAMED = 3;

function rowOf({ id, verdict, records, drifted }: DriftReportEntry) {
  const more = drifted.length > NAMED ? ` and ${drifted.length - NAMED} more` : '';
  return { report: id, verdict, records, drifted: `${drifted.slice(0, NAMED).join(', ')}${more}` };
}
