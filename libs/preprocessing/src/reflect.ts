/**
 * The index of `0 … length - 1` that stands at `position` when a line is extended by reflection without
 * repeating its ends: `… 2 1 | 0 1 2 … n-1 | n-2 n-3 …`, as often as needed.
 */
export function reflect(position: number, length: number): number {
  if (position >= 0 && position < length) return position;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const at = ((position % period) + period) % period;
  return at < length ? at : period - at;
}
