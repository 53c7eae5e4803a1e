import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { driftDiffCommand } from './drift-diff.command.ts';
import { driftListCommand } from './drift-list.command.ts';
import { driftReportCommand } from './drift-report.command.ts';
import { driftSimulateCommand } from './drift-simulate.command.ts';
import { driftSqlCommand } from './drift-sql.command.ts';

/** `assay drift`: whether the world has drifted away from what a model knows. */
export function driftCommand(context: CommandContext): Command {
  const group = new Command('drift').description(
    'whether the world has drifted away from what a model knows',
  );
  for (const command of [
    driftReportCommand,
    driftListCommand,
    driftDiffCommand,
    driftSimulateCommand,
    driftSqlCommand,
  ])
    group.addCommand(command(context));
  return group;
}
