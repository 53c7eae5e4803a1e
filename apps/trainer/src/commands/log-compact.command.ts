import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { logSubcommand } from '../log/log-options.ts';
import { parseMoment } from '../log/time-range.ts';
import { changeLog } from '../log/with-log.ts';

/** `assay log compact`. */
export function logCompactCommand(context: CommandContext): Command {
  const { output, signal } = context;
  return logSubcommand('compact')
    .description('put the objects of each hour together into one of Parquet; for every night')
    .option('--before <moment>', 'only hours that ended before; ten minutes ago if left out', parseMoment)
    .action(({ log: url, before }: { log: string; before?: Date }) =>
      changeLog(url, context, async (log) => {
        const { hours, objects, records, bytes, left } = await log.compact({
          signal,
          ...(before && { before }),
          onHour: ({ topic, hour, objects: from, records: of }) =>
            output.note(`${topic} ${hour.toISOString().slice(0, 13)}: ${of} records of ${from} objects`),
        });
        const size = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
        output.line(
          hours === 0
            ? 'Nothing to compact.'
            : `${hours} hours: ${objects} objects (${size(bytes.before)}) became ${size(bytes.after)} with ${records} records.`,
        );
        for (const { key, why } of left) output.note(`Left as it is: ${key} (${why}).`);
      }),
    );
}
