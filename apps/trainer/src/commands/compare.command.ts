import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { parseConstant } from './parse-constant.ts';
import { defaultRegistries } from './default-registries.ts';

/** `assay compare`. */
export function compareCommand(context: CommandContext): Command {
  return new Command('compare')
    .description('say whether the second model really is better than the first, on the same inputs')
    .argument('<first>', 'package folder, name or name@version')
    .argument('<second>', 'the same')
    .option('--data <path>', 'labelled inputs; the test part of the first model if left out')
    .option('--label-column <name>', 'column with the label, for tables')
    .option('--constant <feature=value...>', 'feature that the table lacks', parseConstant, {})
    .option('--metric <name>', 'what the verdict is about', 'accuracy')
    .option('--seed <number>', 'of the bootstrap', Number, 1)
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--state <folder>', 'for unpacked data', '.assay')
    .option('--json', 'print JSON', false)
    .action(async (first: string, second: string, options: CompareOptions) => {
      const { compare } = await import('./compare.ts');
      const { registry, constant, ...rest } = options;
      await compare({ first, second, registries: registry, constants: constant, ...rest }, context.output);
    });
}

interface CompareOptions {
  data?: string;
  labelColumn?: string;
  constant: Record<string, number>;
  metric: string;
  seed: number;
  registry: string[];
  state: string;
  json: boolean;
}
