import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { logSubcommand } from '../log/log-options.ts';
import { parseSpan } from '../log/time-range.ts';
import { changeLog } from '../log/with-log.ts';

/** `assay log prune`. */
export function logPruneCommand(context: CommandContext): Command {
  const { output, signal } = context;
  return logSubcommand('prune')
    .description('delete hours of predictions and feedback, kept inputs and drift reports that are older')
    .requiredOption('--older-than <span>', 'for example 90d', parseSpan)
    .action(({ log: url, olderThan }: { log: string; olderThan: number }) =>
      changeLog(url, context, async (log, store) => {
        const { pruneReports } = await import('@assay/drift-report');
        const before = new Date(Date.now() - olderThan);
        const { objects, inputs, bytes } = await log.prune({ before, signal });
        const pruned = await pruneReports(store, { before, signal });
        output.line(
          `Deleted what is older than ${before.toISOString()}: ${objects} objects of the log, ${inputs} inputs, ${pruned.reports} drift reports, ${((bytes + pruned.bytes) / 1e6).toFixed(1)} MB.`,
        );
      }),
    );
}
