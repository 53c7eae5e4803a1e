import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { interrupted, type CommandContext } from '../command-context.ts';

/** `assay data pull`. */
export function dataPullCommand({ output, signal, exit }: CommandContext): Command {
  return new Command('pull')
    .description(
      'fetch a data set, check it, and put it in its folder; an interrupted pull goes on where it was',
    )
    .argument('<name>', 'of a description in configs/data')
    .option('--file <path>', 'an archive that was downloaded by hand')
    .option('--pin', 'write the version that comes into the description', false)
    .option('--force', 'replace files that were not pulled', false)
    .option('--configs <folder>', 'with the descriptions', 'configs/data')
    .option('--state <folder>', 'for archives on their way', '.assay')
    .action(async (name: string, options: Options) => {
      const { pullData } = await import('../data-store/pull.ts');
      const wait = (milliseconds: number) => setTimeout(milliseconds, undefined, { signal });
      try {
        await pullData({ name, ...options }, { output, signal, wait });
      } catch (error) {
        if (!signal.aborted) throw error;
        output.note('Stopped. What has arrived is kept: the same command goes on.');
        exit(interrupted);
      }
    });
}

interface Options {
  file?: string;
  pin: boolean;
  force: boolean;
  configs: string;
  state: string;
}
