/** Rounds to significant digits: what lies beyond them is noise, and costs room in every record. */
export function significant(value: number, digits = 6): number {
  return Number(value.toPrecision(digits));
}
