import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { driftSubcommand } from '../drift/drift-options.ts';

/** `assay drift diff`. */
export function driftDiffCommand({ output }: CommandContext): Command {
  return driftSubcommand('diff')
    .description('what changed from one report of a model to another')
    .argument('<before>', 'name of a report, as "assay drift list" prints it')
    .argument('<after>', 'name of a later one')
    .option('--json', 'print JSON', false)
    .option('--html <file>', 'write it as one page')
    .action(async (before: string, after: string, options: { log: string; json: boolean; html?: string }) => {
      const { diff } = await import('../drift/diff.ts');
      await diff({ before, after, ...options }, output);
    });
}
