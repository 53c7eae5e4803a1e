import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';

/** `assay predict`. */
export function predictCommand(context: CommandContext): Command {
  return new Command('predict')
    .description('answer files as the API would: images, or JSON with features')
    .argument('<files...>')
    .option('--model <model>', 'package folder, name or name@version', 'ai-vs-real')
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--top <count>', 'labels to show', Number, 5)
    .option('--json', 'print one JSON object per line', false)
    .action(
      async (files: string[], options: { model: string; registry: string[]; top: number; json: boolean }) => {
        const { predict } = await import('./predict.ts');
        const { registry, ...rest } = options;
        if (!(await predict({ files, registries: registry, ...rest }, context.output))) context.exit(1);
      },
    );
}
