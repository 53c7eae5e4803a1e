import { Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** `assay data shrink`. */
export function dataShrinkCommand({ output }: CommandContext): Command {
  return new Command('shrink')
    .description('make a small data set of an image data set: one size, parted in train/ and test/')
    .argument('<source>', 'folder or .tar.gz with a folder of images per label')
    .argument('<target>', 'folder to make')
    .requiredOption('--size <pixels>', 'of both sides', parseSize)
    .option('--label <old=new...>', 'other names of labels', parseLabel, {})
    .option('--test <share>', 'of each label, from 0 to 1', Number, 0.2)
    .option('--seed <number>', 'another seed parts the data another way', Number, 1)
    .option('--state <folder>', 'for unpacked archives', '.assay')
    .action(async (source: string, target: string, options: Options) => {
      const { shrinkData } = await import('../data-shrink/shrink-data.ts');
      const { label, ...rest } = options;
      const counts = await shrinkData({ source, target, labels: label, ...rest });
      output.line(`${target}: ${counts.train} images to train, ${counts.test} to test`);
    });
}

interface Options {
  size: number;
  label: Record<string, string>;
  test: number;
  seed: number;
  state: string;
}

function parseSize(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 4096) return size;
  throw new InvalidArgumentError('Expected a whole number from 1 to 4096.');
}

function parseLabel(text: string, before: Record<string, string>): Record<string, string> {
  const [from = '', to = ''] = text.split('=');
  if (from === '' || to === '') throw new InvalidArgumentError('Expected old=new.');
  return { ...before, [from]: to };
}
