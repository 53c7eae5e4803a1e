import type { Output } from './output.ts';

/** What every command is given by the process it runs in. */
export interface CommandContext {
  output: Output;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
  /** Told the exit status of a command that ends in another way than success. */
  exit: (status: number) => void;
}

/** Exit status of a command that was asked to stop: that of a process ended by SIGINT. */
export const interrupted = 130;
