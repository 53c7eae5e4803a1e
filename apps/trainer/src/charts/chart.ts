/** What every picture has. */
export interface ChartFrame {
  title?: string;
  /** Read out in place of the picture; the title if left out. */
  description?: string;
  /** Of the plotting area, pixels. */
  width?: number;
  /** Of the plotting area, pixels. */
  height?: number;
}

/** An axis of numbers. */
export interface Axis {
  title: string;
  /** `log` leaves out what is not above 0. Default `linear`. */
  scale?: 'linear' | 'log';
  /** From the data if left out. */
  domain?: readonly [number, number];
  /** Whether 0 is on the axis; not on a logarithmic one. Default false. */
  zero?: boolean;
}

/** The scale of an {@link Axis}, in Vega-Lite's words. */
export function scaleOf({ scale = 'linear', domain, zero = false }: Axis) {
  return {
    type: scale,
    ...(domain ? { domain: [...domain], clamp: true } : { nice: true }),
    ...(scale === 'linear' ? { zero } : {}),
  };
}

/** Whether a number has a place on an axis. */
export function fits(value: number | undefined, { scale }: Axis): value is number {
  return value !== undefined && Number.isFinite(value) && (scale !== 'log' || value > 0);
}

/** The names, told apart by a number where one comes again. */
export function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let copy = 2; taken.has(own); copy++) own = `${name} (${copy})`;
    taken.add(own);
    return own;
  });
}
