import { Option, type Command } from 'commander';
import type { DriftVerdict } from '@assay/schema';
import type { CommandContext } from '../command-context.ts';
import { driftSubcommand } from '../drift/drift-options.ts';
import { parseCount } from '../log/parse-count.ts';

/** Written out: the schema takes longer to load than all else that the help needs. */
const verdicts: Record<DriftVerdict, true> = { stable: true, drifted: true, 'insufficient-data': true };

/** `assay drift list`. */
export function driftListCommand({ output }: CommandContext): Command {
  return driftSubcommand('list')
    .description('list the reports, the latest window first')
    .option('--model <name>')
    .addOption(new Option('--verdict <verdict>').choices(Object.keys(verdicts)))
    .option('-n, --last <count>', 'how many', parseCount, 20)
    .option('--json', 'print one JSON object per line', false)
    .action(async (options: ListOptions) => {
      const { listReports } = await import('../drift/list.ts');
      await listReports(options, output);
    });
}

interface ListOptions {
  log: string;
  model?: string;
  verdict?: DriftVerdict;
  last: number;
  json: boolean;
}
