import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';

/** `assay digest`. */
export function digestCommand({ output }: CommandContext): Command {
  return new Command('digest')
    .description('print the digest of a model: the same for two runs that gave the same')
    .argument('<model>', 'package folder, name or name@version')
    .option('--registry <folder...>', 'where to look for names', [...defaultRegistries])
    .action(async (model: string, { registry }: { registry: string[] }) => {
      const { modelDigest } = await import('@assay/model-registry');
      const { findPackage } = await import('./find-package.ts');
      const { manifest } = await findPackage(model, registry);
      output.line(manifest.modelDigest ?? modelDigest(manifest));
    });
}
