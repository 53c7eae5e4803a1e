import { Command } from 'commander';
import { interrupted, type CommandContext } from '../command-context.ts';

/** `assay train`. */
export function trainCommand(context: CommandContext): Command {
  return new Command('train')
    .description(
      'train on a data set, write a model package and let "champion" stand for it, unless it is worse than the present one',
    )
    .argument('[config]', 'YAML file, for example configs/ai-vs-real.yaml')
    .argument('[settings...]', 'changes to it, for example optimiser.weightDecay=1e-4 epochs=20')
    .option('--resume <run>', 'go on with the run in this folder')
    .option(
      '--shard <i/n>',
      'train on every n-th batch of each epoch, from the i-th (from 0), for n machines',
    )
    .option('--no-package', 'end after training')
    .option('--state <folder>', 'for runs and unpacked data', '.assay')
    .action(
      async (
        config: string | undefined,
        settings: string[],
        options: { resume?: string; shard?: string; package: boolean; state: string },
      ) => {
        const { train } = await import('./train.ts');
        const { parseSlice } = await import('../sweep/slice.ts');
        const shard = options.shard === undefined ? undefined : parseSlice(options.shard, '--shard');
        const shared = shard ? [`shard.index=${shard.index}`, `shard.count=${shard.count}`] : [];
        const result = await train(
          {
            config,
            settings: [...settings, ...shared],
            resume: options.resume,
            pack: options.package,
            state: options.state,
          },
          context,
        );
        if (!result.finished) context.exit(interrupted);
      },
    );
}
