import { Option, type Command } from 'commander';
import type { PredictionFilter } from '@assay/prediction-log';
import type { LoggedOutcome } from '@assay/schema';
import type { CommandContext } from '../command-context.ts';
import { describePrediction } from '../log/describe-prediction.ts';
import { logSubcommand } from '../log/log-options.ts';
import { parseCount } from '../log/parse-count.ts';
import { withLog } from '../log/with-log.ts';

const outcomes: LoggedOutcome[] = ['answered', 'refused', 'failed', 'cancelled'];

/** `assay log tail`. */
export function logTailCommand({ output, signal }: CommandContext): Command {
  return logSubcommand('tail')
    .description('show the latest predictions, and those that come, as the sink writes them')
    .option('--model <name>')
    .option('--client <tag>')
    .option('--decision <label>', 'a label, uncertain or out-of-scope')
    .addOption(new Option('--outcome <outcome>').choices(outcomes))
    .option('-n, --last <count>', 'latest to begin with', parseCount, 10)
    .option('--no-follow', 'end after those')
    .option('--json', 'print one JSON object per line', false)
    .action((options: TailCommandOptions) =>
      withLog(options.log, async (log) => {
        const { last, follow, json, log: _, ...filter } = options;
        const show = (record: Parameters<typeof describePrediction>[0]) =>
          output.line(json ? JSON.stringify(record) : describePrediction(record));
        // It looks before the list is made: what comes in between is in both, and shown once.
        const coming = follow ? log.tail({ filter, signal }) : undefined;
        const first = coming?.next();
        const { predictions } = await log.list(filter, { limit: last });
        const shown = new Set(predictions.map(({ prediction }) => prediction.id));
        for (const { prediction } of predictions.toReversed()) show(prediction);
        if (!coming) return;
        for (let next = await first!; !next.done; next = await coming.next())
          if (!shown.has(next.value.id)) show(next.value);
      }),
    );
}

type TailCommandOptions = Pick<PredictionFilter, 'model' | 'client' | 'decision' | 'outcome'> & {
  log: string;
  last: number;
  follow: boolean;
  json: boolean;
};
