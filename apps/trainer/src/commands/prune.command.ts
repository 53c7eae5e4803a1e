import { Command } from 'commander';
import { interrupted, type CommandContext } from '../command-context.ts';

/** `assay prune`. */
export function pruneCommand(context: CommandContext): Command {
  return new Command('prune')
    .description('take channels out of a trained network, train on, and write a smaller, faster package')
    .argument('<run>', 'folder of the training run')
    .argument('[settings...]', 'what to prune and changes to the recipe, for example sparsity=0.5 epochs=5')
    .option('--no-package', 'end after training')
    .option('--state <folder>', 'for runs and unpacked data', '.assay')
    .action(async (run: string, settings: string[], options: { package: boolean; state: string }) => {
      const { prune } = await import('./prune.ts');
      const result = await prune({ run, settings, pack: options.package, state: options.state }, context);
      if (!result.finished) context.exit(interrupted);
    });
}
