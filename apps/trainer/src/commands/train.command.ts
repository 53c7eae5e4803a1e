import { Command } from 'commander';
import { interrupted, type CommandContext } from '../command-context.ts';
import { train } from './train.ts';

/** `assay train`. */
export function trainCommand(context: CommandContext): Command {
  return new Command('train')
    .description('train on a data set, write a model package and let "champion" stand for it')
    .argument('[config]', 'YAML file, for example configs/ai-vs-real.yaml')
    .argument('[settings...]', 'changes to it, for example optimiser.weightDecay=1e-4 epochs=20')
    .option('--resume <run>', 'go on with the run in this folder')
    .option('--no-package', 'end after training')
    .option('--state <folder>', 'for runs and unpacked data', '.assay')
    .action(
      async (
        config: string | undefined,
        settings: string[],
        options: { resume?: string; package: boolean; state: string },
      ) => {
        const result = await train(
          { config, settings, resume: options.resume, pack: options.package, state: options.state },
          context,
        );
        if (!result.finished) context.exit(interrupted);
      },
    );
}
