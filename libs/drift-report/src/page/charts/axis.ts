/** The space of a picture, in user units; text of 11 units stays legible because no picture is shown smaller than on a phone. */
export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A coordinate: a tenth of a unit is finer than any screen. */
export function at(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

/** The outline of bars that stand side by side: left, right and top of each, down to `base` at both ends. */
export function stepPath(bars: readonly { x0: number; x1: number; y: number }[], base: number): string {
  const [first] = bars;
  const last = bars.at(-1);
  if (!first || !last) return '';
  const tops = bars.map(({ x1, y }) => `V${at(y)}H${at(x1)}`).join('');
  return `M${at(first.x0)} ${at(base)}${tops}V${at(base)}`;
}
