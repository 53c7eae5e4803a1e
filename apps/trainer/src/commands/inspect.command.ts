import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** `assay inspect`. */
export function inspectCommand(context: CommandContext): Command {
  return new Command('inspect')
    .description(
      'what image files say of their own origin: C2PA, IPTC, marks of generators, camera, software',
    )
    .argument('<files...>')
    .option('--trust-anchors <file>', 'certificates in PEM: whoever they vouch for is trusted')
    .option('--json', 'print one JSON object per line', false)
    .action(async (files: string[], options: { trustAnchors?: string; json: boolean }) => {
      const { inspect } = await import('../inspect/inspect.ts');
      if (!(await inspect({ files, ...options }, context.output))) context.exit(1);
    });
}
