import type { ReportWindow } from '@assay/schema';

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
const day = format({ day: 'numeric', month: 'short', year: 'numeric' });
const dayOfYear = format({ day: 'numeric', month: 'short' });
const clock = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const hourMs = 3_600_000;

/** `20 Nov 2026, 14:05`, UTC. */
export function timeWords(time: string): string {
  const date = new Date(time);
  return `${day.format(date)}, ${clock.format(date)}`;
}

/** What stands at an axis: the clock within a day and a half, the day beyond; UTC. */
export function tickWords(time: Date, span: number): string {
  return (span <= 36 * hourMs ? clock : dayOfYear).format(time);
}

/** `24 hours`, `30 days`, `90 minutes`. */
export function lengthWords({ from, to }: ReportWindow): string {
  const hours = (Date.parse(to) - Date.parse(from)) / hourMs;
  const say = (value: number, unit: string) => `${Number(value.toFixed(1))} ${unit}${value === 1 ? '' : 's'}`;
  if (hours > 48) return say(hours / 24, 'day');
  return hours >= 1 ? say(hours, 'hour') : say(hours * 60, 'minute');
}

/** `20 Nov 2026, 00:00 – 21 Nov 2026, 00:00 UTC (24 hours)`. */
export function windowWords(window: ReportWindow): string {
  return `${timeWords(window.from)} – ${timeWords(window.to)} UTC (${lengthWords(window)})`;
}
