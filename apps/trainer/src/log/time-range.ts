import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A time span such as `30m`, `24h` or `90d`, in milliseconds.
 *
 * @throws InvalidArgumentError if it is none.
 */
export function parseSpan(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined && Number(count) > 0) return Number(count) * units[unit]!;
  throw new InvalidArgumentError('Expected a number with m, h or d for minutes, hours or days, such as 24h.');
}

/**
 * A moment in ISO 8601; without a time of day the beginning of the day, without a zone in UTC.
 *
 * @throws InvalidArgumentError if it is none.
 */
export function parseMoment(text: string): Date {
  const [, day, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const moment = new Date(`${day}T${time}${zone}`);
  if (day !== undefined && !Number.isNaN(moment.getTime())) return moment;
  throw new InvalidArgumentError('Expected a moment such as 2026-05-01 or 2026-05-01T07:30Z.');
}

/** How a window is told on the command line. */
export interface RangeOptions {
  /** Milliseconds. */
  since: number;
  from?: Date;
  to?: Date;
}

/** The window that is meant: `since` counts back from its end, `from` wins over it; its end is now where nothing else is said. */
export function rangeOf({ since, from, to }: RangeOptions, now = Date.now()): { from: Date; to: Date } {
  // A clock that is a little ahead is not to hide the newest.
  const end = to ?? new Date(now + 60_000);
  return { from: from ?? new Date(end.getTime() - since), to: end };
}
