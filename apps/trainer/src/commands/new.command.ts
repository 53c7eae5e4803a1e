import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { tasks, type Task } from '../scaffold/task.ts';

/** `assay new`. */
export function newCommand({ output }: CommandContext): Command {
  return new Command('new')
    .description('write the configurations of a new system, fitted to its data')
    .argument('<name>', 'of the system, its configuration and its model')
    .addOption(new Option('--task <task>', 'what it classifies').choices(tasks).makeOptionMandatory())
    .option(
      '--data <path>',
      'folder or archive with a folder of images per label; CSV file or a folder of them',
    )
    .option('--label <column>', 'with the labels, for tables; guessed if left out')
    .option('--configs <folder>', 'where to write', 'configs')
    .option('--state <folder>', 'for unpacked archives', '.assay')
    .action(
      async (
        name: string,
        options: { task: Task; data?: string; label?: string; configs: string; state: string },
      ) => {
        const { newSystem } = await import('../scaffold/new-system.ts');
        await newSystem({ name, ...options }, output);
      },
    );
}
