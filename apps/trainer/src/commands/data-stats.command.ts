import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** `assay data stats`. */
export function dataStatsCommand({ output }: CommandContext): Command {
  return new Command('stats')
    .description('count, size, duplicates, near-duplicates and leaks of a data set')
    .argument(
      '<data>',
      'training configuration or its name, name of a data set, or a folder or .tar.gz with a folder per label',
    )
    .option('--state <folder>', 'for unpacked archives', '.assay')
    .option('--json', 'print JSON', false)
    .action(async (data: string, options: { state: string; json: boolean }) => {
      const { dataStats } = await import('./data-stats.ts');
      await dataStats({ data, ...options }, output);
    });
}
