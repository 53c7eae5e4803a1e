import { Command, InvalidArgumentError } from 'commander';
import { evaluate } from './commands/evaluate.ts';
import { defaultRegistries } from './commands/find-package.ts';
import { predict } from './commands/predict.ts';
import { train } from './commands/train.ts';
import type { Output } from './output.ts';

/** Exit status of a command that was asked to stop: that of a process ended by SIGINT. */
export const interrupted = 130;

/**
 * The command line.
 *
 * @param context.exit Told the exit status of a command that ends in another way than success.
 */
export function buildProgram(context: {
  output: Output;
  signal: AbortSignal;
  exit: (status: number) => void;
}): Command {
  const { output, exit } = context;
  const program = new Command('assay')
    .description('Trains, measures and asks image and table classifiers.')
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
    });

  program
    .command('train')
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
        if (!result.finished) exit(interrupted);
      },
    );

  program
    .command('evaluate')
    .description('measure a model on labelled inputs, along the path that serves requests')
    .argument('<model>', 'package folder, name or name@version')
    .argument('<data>', 'folder or .tar.gz with a folder of images per label; CSV file for tables')
    .option('--label-column <name>', 'column with the label, for tables')
    .option('--constant <feature=value...>', 'feature that the table lacks', parseConstant, {})
    .option('--variant <name>', 'fp32 or int8 instead of what is served', parseVariant)
    .option('--seed <number>', 'of the bootstrap intervals', Number, 1)
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--state <folder>', 'for unpacked data', '.assay')
    .option('--json', 'print JSON', false)
    .action(async (model: string, data: string, options: EvaluateOptions) => {
      const { registry, constant, ...rest } = options;
      await evaluate({ model, data, registries: registry, constants: constant, ...rest }, output);
    });

  program
    .command('predict')
    .description('answer files as the API would: images, or JSON with features')
    .argument('<files...>')
    .option('--model <model>', 'package folder, name or name@version', 'ai-vs-real')
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .option('--top <count>', 'labels to show', Number, 5)
    .option('--json', 'print one JSON object per line', false)
    .action(
      async (files: string[], options: { model: string; registry: string[]; top: number; json: boolean }) => {
        const { registry, ...rest } = options;
        if (!(await predict({ files, registries: registry, ...rest }, output))) exit(1);
      },
    );
  return program;
}

interface EvaluateOptions {
  labelColumn?: string;
  constant: Record<string, number>;
  variant?: 'fp32' | 'int8';
  seed: number;
  registry: string[];
  state: string;
  json: boolean;
}

function parseConstant(text: string, before: Record<string, number>): Record<string, number> {
  const [name = '', value = ''] = text.split('=');
  if (name === '' || value === '' || !Number.isFinite(Number(value)))
    throw new InvalidArgumentError('Expected feature=number.');
  return { ...before, [name]: Number(value) };
}

function parseVariant(text: string): 'fp32' | 'int8' {
  if (text === 'fp32' || text === 'int8') return text;
  throw new InvalidArgumentError('Expected fp32 or int8.');
}
