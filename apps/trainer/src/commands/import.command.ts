import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { activations, type Activation } from '../import/detect-activation.ts';
import { channelOrders, layouts, type ChannelOrder, type Layout } from '../import/input-layout.ts';
import { preprocessingPresets } from '../import/preprocessing-presets.ts';

/** `assay import`. */
export function importCommand(context: CommandContext): Command {
  const presets = Object.keys(preprocessingPresets).join(', ');
  return new Command('import')
    .description('make a model package of an ONNX classifier that was trained elsewhere')
    .argument('<file>', 'ONNX file')
    .requiredOption('--name <name>', 'of the model')
    .requiredOption('--preprocess <spec>', `YAML file, or one of ${presets}`)
    .option(
      '--labels <labels>',
      'file with one label a line, or a list with commas; what the model carries if left out',
    )
    .option('--golden <folder>', 'inputs with what the original gives for them')
    .option(
      '--tolerance <share>',
      'largest difference from that, relative to the largest output',
      parseShare,
      1e-3,
    )
    .option(
      '--samples <path>',
      'inputs for its reference profile: a folder of images, or a CSV file; with labels (a folder of images per label, --label-column) also to calibrate, quantise and measure it on',
    )
    .option('--label-column <name>', 'of the samples, for tables')
    .option(
      '--accuracy-budget <share>',
      'of the labelled samples that INT8 may get wrong beyond what float32 does, and still answer',
      parseShare,
      0.005,
    )
    .option('--no-int8', 'leave INT8 out')
    .option(
      '--robustness <images>',
      'at most so many labelled samples are measured again under corruptions; 0 for none',
      parseCount,
      500,
    )
    .option('--positive <label>', 'that "probability" shall speak of')
    .option('--description <text>', 'of the model', '')
    .option('--version <version>', 'of the package; the time if left out')
    .option('--output <name>', 'of the graph, where several could hold the scores')
    .addOption(
      new Option(
        '--activation <name>',
        'that the outputs have been through; found by running the model',
      ).choices(activations),
    )
    .addOption(new Option('--layout <layout>', 'of the input; found from its sizes').choices(layouts))
    .addOption(new Option('--channel-order <order>', 'of the input').choices(channelOrders).default('rgb'))
    .option('--registry <folder>', 'where the package goes', '.assay/registry')
    .option('--state <folder>', 'for unpacked archives', '.assay')
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const { importModel } = await import('../import/import-model.ts');
      const { int8, accuracyBudget, ...rest } = options;
      const budget = int8 ? { accuracyBudget } : {};
      await importModel({ file, ...rest, ...budget, command: commandLine(file, command) }, context.output);
    });
}

interface ImportOptions {
  name: string;
  preprocess: string;
  labels?: string;
  golden?: string;
  tolerance: number;
  positive?: string;
  description: string;
  version?: string;
  output?: string;
  activation?: Activation;
  layout?: Layout;
  channelOrder: ChannelOrder;
  registry: string;
  samples?: string;
  labelColumn?: string;
  accuracyBudget: number;
  int8: boolean;
  robustness: number;
  state: string;
}

/** What was said, as it can be said again. */
function commandLine(file: string, command: Command): string {
  const said = command.options.flatMap((option) => {
    const key = option.attributeName();
    if (command.getOptionValueSource(key) !== 'cli') return [];
    if (option.negate || option.isBoolean()) return [option.long ?? ''];
    return [option.long ?? '', quoted(String(command.getOptionValue(key)))];
  });
  return ['assay import', quoted(file), ...said].join(' ');
}

function quoted(word: string): string {
  return /^[\w./,:=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function parseShare(text: string): number {
  const share = Number(text);
  if (share > 0 && share < 1) return share;
  throw new InvalidArgumentError('Expected a number between 0 and 1.');
}

function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InvalidArgumentError('Expected a whole number, 0 or more.');
}
