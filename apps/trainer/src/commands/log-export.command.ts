import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { exportLog } from '../log/export-log.ts';
import { logSubcommand, withRange } from '../log/log-options.ts';
import { notePassedOver } from '../log/passed-over.ts';
import { rangeOf, type RangeOptions } from '../log/time-range.ts';
import { withLog } from '../log/with-log.ts';

/** `assay log export`. */
export function logExportCommand({ output }: CommandContext): Command {
  return withRange(logSubcommand('export'))
    .description('write every record of a window as it was sent, with all that was said of it, as JSON lines')
    .option('--out <file>', 'instead of standard output')
    .action((options: RangeOptions & { log: string; out?: string }) =>
      withLog(options.log, async (log) => {
        const window = rangeOf(options);
        if (options.out === undefined)
          for await (const logged of log.records(window)) output.line(JSON.stringify(logged));
        else output.note(`${await exportLog(log, window, options.out)} predictions in ${options.out}.`);
        await notePassedOver(log, window, output);
      }),
    );
}
