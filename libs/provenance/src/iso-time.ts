/**
 * A time as files write it, by ISO 8601: EXIF's `2024:05:01 12:00:00` with an offset of its own, or what is ISO 8601 already.
 *
 * @returns undefined where it is no time
 */
export function isoTime(text: string | undefined, offset?: string): string | undefined {
  const found = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?(Z|[+-]\d\d:\d\d)?/.exec(
    text?.trim() ?? '',
  );
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, zone] = found;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Cameras whose clock was never set write zeroes.
  if (Number.isNaN(Date.parse(`${local}Z`))) return undefined;
  const known = zone ?? (/^(Z|[+-]\d\d:\d\d)$/.test(offset?.trim() ?? '') ? offset?.trim() : '');
  return `${local}${known}`;
}
