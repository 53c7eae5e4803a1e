import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';
import { parseConstant } from './parse-constant.ts';

/** `assay variants`. */
export function variantsCommand(context: CommandContext): Command {
  return new Command('variants')
    .description('accuracy, time and size of every form of one or several models, on this machine')
    .argument('<model...>', 'package folders, names or name@version')
    .option('--data <data>', 'measure accuracy on it, as evaluate does; else what the packages say')
    .option('--label-column <name>', 'column with the label, for tables')
    .option('--constant <feature=value...>', 'feature that the table lacks', parseConstant, {})
    .option('--seed <number>', 'of the bootstrap intervals', Number, 1)
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--state <folder>', 'for unpacked data', '.assay')
    .option('--json', 'print JSON', false)
    .action(async (models: string[], options: VariantsOptions) => {
      const { variants } = await import('./variants.ts');
      const { registry, constant, ...rest } = options;
      await variants({ models, registries: registry, constants: constant, ...rest }, context.output);
    });
}

interface VariantsOptions {
  data?: string;
  labelColumn?: string;
  constant: Record<string, number>;
  seed: number;
  registry: string[];
  state: string;
  json: boolean;
}
