import { readReportId } from '../report-id.ts';

/** Where reports are: `reports/MODEL/ID.json`, beside it the page. */
export const REPORTS = 'reports/';

/** Names of reports that were kept and nobody was told of yet. */
export const UNTOLD = 'drift/untold/';

/** Key of a report. @returns `undefined` where the text names none */
export function reportKey(id: string, extension: 'json' | 'html' = 'json'): string | undefined {
  const subject = readReportId(id);
  return subject && `${REPORTS}${subject.model}/${id}.${extension}`;
}

/** The name of the report, or of the marker, that lies under a key; `undefined` where none does. */
export function idUnder(key: string): string | undefined {
  const [, id] = /\/([^/]+)\.json$/.exec(key) ?? [];
  return id !== undefined && readReportId(id) !== undefined ? id : undefined;
}
