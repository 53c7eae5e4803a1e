import { Option, type Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { driftSubcommand, parseWindow, withModel } from '../drift/drift-options.ts';
import type { DriftReportRequest } from '../drift/report.ts';
import { parseMoment } from '../log/time-range.ts';

/** `assay drift report`. */
export function driftReportCommand(context: CommandContext): Command {
  return withModel(driftSubcommand('report'))
    .description('hold a window of the log against what the model knows; exits with 3 where it has drifted')
    .option('--window <span>', 'back from now: 24h, 7d', parseWindow, '24h')
    .option('--from <moment>', 'instead: 2026-05-01, 2026-05-01T07:00Z', parseMoment)
    .option('--to <moment>', 'end, not included; now if left out', parseMoment)
    .option('--json', 'print the report as JSON', false)
    .option('--html <file>', 'write the report as one page')
    .addOption(new Option('--parity <tool>', 'add what another tool would say').choices(['evidently']))
    .action(async ({ registry, ...options }: Options) => {
      const { report } = await import('../drift/report.ts');
      await report({ registries: registry, ...options }, context);
    });
}

type Options = Omit<DriftReportRequest, 'registries'> & { registry: string[] };
