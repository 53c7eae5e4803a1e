import { Command } from 'commander';
import { interrupted, type CommandContext } from '../command-context.ts';

/** `assay sweep`. */
export function sweepCommand(context: CommandContext): Command {
  return new Command('sweep')
    .description('train with many settings, and say which is the best and whether it beats the default one')
    .argument(
      '<config>',
      'YAML file, for example configs/sweeps/wine.yaml; the same command goes on after a stop',
    )
    .option(
      '--trial <i/n>',
      'run every n-th trial from the i-th (from 0) only, for n machines that share the state',
    )
    .option('--fresh', 'delete what an earlier sweep of this name has left', false)
    .option('--json', 'print the result as one line of JSON', false)
    .option('--state <folder>', 'for sweeps and unpacked data', '.assay')
    .action(
      async (config: string, options: { trial?: string; fresh: boolean; json: boolean; state: string }) => {
        const { sweep } = await import('../sweep/sweep.ts');
        const { parseSlice } = await import('../sweep/slice.ts');
        const { trial, ...rest } = options;
        const slice = trial === undefined ? undefined : parseSlice(trial);
        await sweep({ ...rest, config, slice }, context);
        if (context.signal.aborted) context.exit(interrupted);
      },
    );
}
