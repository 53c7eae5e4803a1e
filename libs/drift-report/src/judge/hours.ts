export const HOUR_MS = 3_600_000;

/** Start of an hour such as `2026-11-20T14`, milliseconds since 1970. */
export function hourStart(hour: string): number {
  return Date.parse(`${hour}:00:00.000Z`);
}
