import type { ExplanationMethod } from '@assay/schema';
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';

/** Written out: the schema takes longer to load than all else that the help needs. */
const methods: Record<ExplanationMethod, true> = {
  cam: true,
  occlusion: true,
  rise: true,
  contributions: true,
};

interface Options {
  readonly model: string;
  readonly registry: string[];
  readonly method?: ExplanationMethod;
  readonly label?: string;
  readonly out?: string;
}

/** `assay explain`. */
export function explainCommand(context: CommandContext): Command {
  return new Command('explain')
    .description('show why a file got its answer: a map on the image, or what each feature contributes')
    .argument('<file>', 'image, or JSON with features')
    .option('--model <model>', 'package folder, name or name@version', 'ai-vs-real')
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .addOption(
      new Option('--method <method>', 'the best that the model offers if left out').choices(
        Object.keys(methods),
      ),
    )
    .option('--label <label>', 'what is explained; the prediction if left out')
    .option('--out <file>', 'PNG to write; the name of the image with .explained.png if left out')
    .action(async (file: string, { registry, ...options }: Options) => {
      const { explain } = await import('./explain.ts');
      await explain({ file, registries: registry, ...options, signal: context.signal }, context.output);
    });
}
