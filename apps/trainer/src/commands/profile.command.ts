import { Command, InvalidArgumentError, Option } from 'commander';
import type { Variant } from '@assay/model-registry';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';

/** `assay profile`. */
export function profileCommand(context: CommandContext): Command {
  return new Command('profile')
    .description('where a training step (of a configuration) or a prediction (of a model) spends its time')
    .argument('<subject>', 'YAML file of a configuration; or package folder, name or name@version')
    .argument('[settings...]', 'changes to the configuration, for example batchSize=64')
    .option('--input <file...>', 'what to predict; the golden inputs of the package if left out', [])
    .addOption(new Option('--variant <name>', 'instead of what is served').choices(['fp32', 'int8']))
    .option('--runs <number>', 'steps or predictions to measure', parseRuns, 20)
    .option('--flame <file>', 'SVG of the flame graph; in <state>/profiles if left out')
    .option('--trace <file>', 'write a trace that chrome://tracing opens')
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--state <folder>', 'for unpacked data and flame graphs', '.assay')
    .action(async (subject: string, settings: string[], options: ProfileOptions) => {
      const { profile } = await import('../profile/profile.ts');
      const { registry, input, ...rest } = options;
      await profile({ subject, settings, registries: registry, inputs: input, ...rest }, context.output);
    });
}

interface ProfileOptions {
  input: string[];
  variant?: Variant;
  runs: number;
  flame?: string;
  trace?: string;
  registry: string[];
  state: string;
}

function parseRuns(text: string): number {
  const runs = Number(text);
  if (Number.isInteger(runs) && runs >= 1) return runs;
  throw new InvalidArgumentError('Expected a whole number from 1.');
}
