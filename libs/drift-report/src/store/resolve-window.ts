import { AssayError, type DriftReportRequest, type ReportWindow } from '@assay/schema';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A quarter. What changed over longer is another question than drift. */
const LONGEST_DAYS = 92;

/** What `24h` or `7d` means, milliseconds. */
export function spanOf(text: string): number {
  return Number(text.slice(0, -1)) * (text.endsWith('d') ? DAY_MS : HOUR_MS);
}

export interface ResolveWindowOptions {
  readonly now: Date;
  /** What a window without words is, such as `24h`. */
  readonly span: string;
}

/**
 * The window that is meant. It begins on the hour. Without words it ends with the last hour that is over, so that everyone who asks
 * in this hour means the same one; a span ends with this minute; a window that is told ends on the hour, or, within the current hour, on the minute.
 *
 * @throws AssayError `invalid-window` where it does not begin before it ends, ends in the future, or is longer than 92 days
 */
export function resolveWindow(
  asked: DriftReportRequest['window'],
  { now, span }: ResolveWindowOptions,
): ReportWindow {
  const thisMinute = up(now.getTime(), MINUTE_MS);
  if (asked === undefined) {
    const end = down(now.getTime(), HOUR_MS);
    return window(end - spanOf(span), end);
  }
  if (typeof asked === 'string') return window(down(thisMinute - spanOf(asked), HOUR_MS), thisMinute);
  const [from, to] = [new Date(asked.from).getTime(), new Date(asked.to).getTime()];
  if (!(from < to))
    throw new AssayError(
      'invalid-window',
      `Expected a window that begins before it ends; received ${asked.from} to ${asked.to}.`,
    );
  if (to > thisMinute)
    throw new AssayError(
      'invalid-window',
      `Expected a window that is over; it ends in the future, at ${asked.to}, and it is ${now.toISOString()}.`,
    );
  const end = up(to, HOUR_MS);
  return window(down(from, HOUR_MS), end > thisMinute ? up(to, MINUTE_MS) : end);
}

function window(from: number, to: number): ReportWindow {
  if (to - from > LONGEST_DAYS * DAY_MS + HOUR_MS)
    throw new AssayError(
      'invalid-window',
      `Expected a window of ${LONGEST_DAYS} days at most; received one of ${Math.ceil((to - from) / DAY_MS)} days.`,
    );
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

const down = (time: number, unit: number) => Math.floor(time / unit) * unit;
const up = (time: number, unit: number) => Math.ceil(time / unit) * unit;
