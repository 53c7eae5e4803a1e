import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** `assay data verify`. */
export function dataVerifyCommand({ output, exit }: CommandContext): Command {
  return new Command('verify')
    .description('list every file of a data set that is missing, changed or extra')
    .argument('<name>', 'of a description in configs/data')
    .option('--configs <folder>', 'with the descriptions', 'configs/data')
    .action(async (name: string, options: { configs: string }) => {
      const { verifyData } = await import('../data-store/verify.ts');
      if (!(await verifyData({ name, ...options }, output))) exit(1);
    });
}
