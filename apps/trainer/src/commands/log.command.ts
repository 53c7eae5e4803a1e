import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { logCompactCommand } from './log-compact.command.ts';
import { logExportCommand } from './log-export.command.ts';
import { logForgetCommand } from './log-forget.command.ts';
import { logPruneCommand } from './log-prune.command.ts';
import { logQueryCommand } from './log-query.command.ts';
import { logTailCommand } from './log-tail.command.ts';

/** `assay log`: what was predicted, and what was said of it. */
export function logCommand(context: CommandContext): Command {
  const commands = [
    logTailCommand,
    logQueryCommand,
    logExportCommand,
    logCompactCommand,
    logPruneCommand,
    logForgetCommand,
  ];
  const group = new Command('log').description('look into the prediction log, and look after it');
  for (const command of commands) group.addCommand(command(context));
  return group;
}
