import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { withModel } from '../drift/drift-options.ts';
import { parseCount } from '../log/parse-count.ts';

/** `assay drift simulate`. */
export function driftSimulateCommand(context: CommandContext): Command {
  return withModel(new Command('simulate'))
    .description('change the images of a folder, and say which changes would be found at how many records')
    .argument('<folder>', 'images, also in folders below it')
    .addOption(
      new Option('--against <reference>', 'what the model knows, or half of the folder itself')
        .choices(['model', 'folder'])
        .default('model'),
    )
    .option('--mix <folder>', 'also: one image in ten from this folder')
    .option('--sizes <counts>', 'records of the windows', parseSizes, [20, 50, 100, 300])
    .option('--windows <count>', 'windows that are drawn for each cell', parseCount, 40)
    .option('--images <count>', 'images to change at most, drawn by the seed', parseCount, 300)
    .option('--seed <number>', 'draws the images and the windows', Number, 1)
    .option('--json', 'print JSON', false)
    .action(async (folder: string, { registry, ...options }: Options) => {
      const { simulate } = await import('../drift/simulate.ts');
      await simulate({ folder, registries: registry, signal: context.signal, ...options }, context.output);
    });
}

interface Options {
  model: string;
  registry: string[];
  against: 'model' | 'folder';
  mix?: string;
  sizes: number[];
  windows: number;
  images: number;
  seed: number;
  json: boolean;
}

/** @throws InvalidArgumentError for anything but whole numbers from 1 to 100,000, divided by commas */
function parseSizes(text: string): number[] {
  const sizes = text.split(',').map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= 100_000)) return sizes;
  throw new InvalidArgumentError('Expected whole numbers from 1 to 100000, such as 50,300,1000.');
}
