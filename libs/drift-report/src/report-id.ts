import type { ReportWindow } from '@assay/schema';

/** What a report is of: all that its name says. */
export interface ReportSubject {
  model: string;
  version: string;
  window: ReportWindow;
}

/** In the form `20261120T140000Z`, with milliseconds where there are any. */
const compact = (time: string): string => new Date(time).toISOString().replace(/[-:]|\.000/g, '');

const TIME = String.raw`(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d(?:\.\d{3})?)Z`;
const FORM = new RegExp(`^([a-z0-9-]{1,64})_([0-9A-Za-z._-]{1,64})_${TIME}_${TIME}$`);

/**
 * The name of a report: the same model, version and window give the same, others another. For example
 * `wine_20261120-163212_20261119T140000Z_20261120T140000Z`. A `+` in a version, which a name cannot hold, becomes `_`, which no version has.
 */
export function reportId({ model, version, window }: ReportSubject): string {
  return `${model}_${version.replaceAll('+', '_')}_${compact(window.from)}_${compact(window.to)}`;
}

/** What a name says; `undefined` where it names no report. */
export function readReportId(id: string): ReportSubject | undefined {
  const [, model, version, ...parts] = FORM.exec(id) ?? [];
  if (model === undefined || version === undefined) return undefined;
  const [from, to] = [parts.slice(0, 6), parts.slice(6)].map(
    ([year, month, day, hour, minute, second]) =>
      new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
  ) as [Date, Date];
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return undefined;
  return {
    model,
    version: version.replaceAll('_', '+'),
    window: { from: from.toISOString(), to: to.toISOString() },
  };
}
