import { SingleBar, Presets } from 'cli-progress';

/** Where the commands speak: the only place that writes to the terminal. */
export interface Output {
  /** A line of the result, on standard output. */
  line(text: string): void;
  /** A line about what is going on, on standard error. */
  note(text: string): void;
  /** A bar on a terminal, nothing elsewhere; `detail` stands behind it. */
  progress(title: string, total: number): Progress;
}

export interface Progress {
  update(done: number, detail?: string): void;
  stop(): void;
}

/** Writes to the process's own streams. */
export function terminalOutput(): Output {
  // Notes go above a running bar, which redraws itself below them.
  let bar: SingleBar | undefined;
  return {
    line: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => {
      if (bar?.isActive) process.stderr.write('\r\u001b[K');
      process.stderr.write(`${text}\n`);
    },
    progress: (title, total) => {
      if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
      const started = new SingleBar(
        {
          format: `${title} {bar} {value}/{total} ETA {eta_formatted} {detail}`,
          stream: process.stderr,
          hideCursor: true,
          clearOnComplete: true,
          fps: 4,
          etaBuffer: 50,
        },
        Presets.shades_grey,
      );
      bar = started;
      started.start(total, 0, { detail: '' });
      return {
        update: (done, detail = '') => started.update(done, { detail }),
        stop: () => {
          started.stop();
          if (bar === started) bar = undefined;
        },
      };
    },
  };
}

/** Says nothing. */
export function silentOutput(): Output {
  return {
    line: () => undefined,
    note: () => undefined,
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
}

/** Says nothing and keeps what was said. */
export function recordingOutput(): Output & { lines: string[]; notes: string[] } {
  const lines: string[] = [];
  const notes: string[] = [];
  return {
    lines,
    notes,
    line: (text) => void lines.push(text),
    note: (text) => void notes.push(text),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  };
}
