import { Command } from 'commander';
import { interrupted, type CommandContext } from '../command-context.ts';

/** `assay data push`. */
export function dataPushCommand({ output, signal, exit }: CommandContext): Command {
  return new Command('push')
    .description('store the folder of a data set as a version, each file once, and pin it in the description')
    .argument('<name>', 'of a description in configs/data')
    .requiredOption('--to <url>', 'object store: file:FOLDER or gs://BUCKET[/PREFIX]')
    .option('--configs <folder>', 'with the descriptions', 'configs/data')
    .action(async (name: string, options: { to: string; configs: string }) => {
      const { pushData } = await import('../data-store/push.ts');
      try {
        await pushData({ name, ...options }, { output, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
        output.note('Stopped. What has been sent is kept: the same command goes on.');
        exit(interrupted);
      }
    });
}
