import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { dataPullCommand } from './data-pull.command.ts';
import { dataPushCommand } from './data-push.command.ts';
import { dataShrinkCommand } from './data-shrink.command.ts';
import { dataStatsCommand } from './data-stats.command.ts';
import { dataVerifyCommand } from './data-verify.command.ts';

/** `assay data`: what can be done with a data set before training. */
export function dataCommand(context: CommandContext): Command {
  const commands = [dataPullCommand, dataPushCommand, dataVerifyCommand, dataStatsCommand, dataShrinkCommand];
  const group = new Command('data').description(
    'fetch, store, check and look at data sets, or make another of one',
  );
  for (const command of commands) group.addCommand(command(context));
  return group;
}
