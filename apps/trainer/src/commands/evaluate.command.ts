import { Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';
import { parseConstant } from './parse-constant.ts';

/** Images that are corrupted unless said otherwise; as in training. */
const defaultImages = 500;

/** `assay evaluate`. */
export function evaluateCommand(context: CommandContext): Command {
  return new Command('evaluate')
    .description('measure a model on labelled inputs, along the path that serves requests')
    .argument('<model>', 'package folder, name or name@version')
    .argument('<data>', 'folder or .tar.gz with a folder of images per label; CSV file for tables')
    .option('--label-column <name>', 'column with the label, for tables')
    .option('--constant <feature=value...>', 'feature that the table lacks', parseConstant, {})
    .option('--variant <name>', 'fp32 or int8 instead of what is served', parseVariant)
    .option(
      '--robustness [images]',
      'measure at most so many images again under compression, blur, noise, shrinking, brightness and contrast (500 if left out)',
      parseImages,
    )
    .option('--seed <number>', 'of the bootstrap intervals', Number, 1)
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--state <folder>', 'for unpacked data', '.assay')
    .option('--json', 'print JSON', false)
    .action(async (model: string, data: string, options: EvaluateOptions) => {
      const { evaluate } = await import('./evaluate.ts');
      const { registry, constant, robustness, ...rest } = options;
      const images = robustness === true ? defaultImages : robustness;
      const request = { model, data, registries: registry, constants: constant, robustness: images, ...rest };
      await evaluate(request, context.output);
    });
}

interface EvaluateOptions {
  labelColumn?: string;
  constant: Record<string, number>;
  variant?: 'fp32' | 'int8';
  /** `true` where no number was said. */
  robustness?: number | true;
  seed: number;
  registry: string[];
  state: string;
  json: boolean;
}

function parseVariant(text: string): 'fp32' | 'int8' {
  if (text === 'fp32' || text === 'int8') return text;
  throw new InvalidArgumentError('Expected fp32 or int8.');
}

function parseImages(text: string): number {
  const images = Number(text);
  if (Number.isInteger(images) && images > 0) return images;
  throw new InvalidArgumentError('Expected a whole number above 0.');
}
