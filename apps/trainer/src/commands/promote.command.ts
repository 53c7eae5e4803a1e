import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { defaultRegistries } from './default-registries.ts';
import { readPlaces } from '../places/config.ts';

/** `assay promote`. */
export function promoteCommand(context: CommandContext): Command {
  return new Command('promote')
    .description('let a version answer requests; refuses one that is worse than the champion')
    .argument('<name@version>', 'what is promoted')
    .option('--challenger', 'make it the challenger, without a comparison', false)
    .option('--force', 'even if it is worse', false)
    .option('--metric <name>', 'what it is compared in', 'accuracy')
    .option('--seed <number>', 'of the bootstrap', Number, 1)
    .option('--registry <folder...>', 'where to look for the name', [...defaultRegistries])
    .option('--events <url>', 'the bus that tells the services; EVENT_BUS_URL', readPlaces().eventBus)
    .option('--state <folder>', 'for unpacked data', '.assay')
    .action(async (reference: string, options: PromoteOptions) => {
      const { promote } = await import('./promote.ts');
      const { challenger, registry, ...rest } = options;
      const alias = challenger ? 'challenger' : 'champion';
      await promote({ reference, alias, registries: registry, ...rest }, context.output);
    });
}

interface PromoteOptions {
  challenger: boolean;
  force: boolean;
  metric: string;
  seed: number;
  registry: string[];
  state: string;
  events: string;
}
