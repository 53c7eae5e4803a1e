import { AssayError } from '@assay/schema';

/** Lets so many pieces of work run at a time. */
export interface Gate {
  /** @returns what gives the place back @throws AssayError `overloaded` where too many wait */
  enter(): Promise<() => void>;
  readonly waiting: number;
}

export interface GateOptions {
  readonly atATime: number;
  /** How many may wait for a place. */
  readonly inLine: number;
}

export function createGate({ atATime, inLine }: GateOptions): Gate {
  const line: (() => void)[] = [];
  let inside = 0;
  const leave = () => {
    const next = line.shift();
    // The place goes straight to the next, so that nobody slips in between.
    if (next === undefined) inside--;
    else next();
  };
  const once = (act: () => void) => {
    let isDone = false;
    return () => {
      if (!isDone) act();
      isDone = true;
    };
  };
  return {
    get waiting() {
      return line.length;
    },
    async enter() {
      if (inside < atATime) inside++;
      else {
        if (line.length >= inLine)
          throw new AssayError(
            'overloaded',
            `${atATime} looks into the log are under way and ${inLine} wait: try again in a moment.`,
          );
        await new Promise<void>((resolve) => line.push(resolve));
      }
      return once(leave);
    },
  };
}
