import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { PictureFormat } from '../visualize/visualize.ts';

/** `assay visualize`. */
export function visualizeCommand({ output }: CommandContext): Command {
  return new Command('visualize')
    .description('draw curves, confusion matrix and sample predictions of runs, several for comparison')
    .argument('<runs...>', 'names or their beginnings, "latest", folders')
    .addOption(
      new Option('--format <format>', 'one page that needs no network, or pictures')
        .choices(['html', 'svg', 'png'])
        .default('html'),
    )
    .option('--out <path>', 'file of the page or folder of the pictures; in <state>/reports if left out')
    .option('--state <folder>', 'that holds the runs', '.assay')
    .action(async (wanted: string[], options: { format: PictureFormat; out?: string; state: string }) => {
      const { findRuns } = await import('../runs/find-runs.ts');
      const { fileName, visualize } = await import('../visualize/visualize.ts');
      const { format, state } = options;
      const runs = await findRuns(wanted, { state, note: output.note });
      const name = fileName(runs.map((run) => run.name).join('+'));
      const out = options.out ?? join(state, 'reports', format === 'html' ? `${name}.html` : name);
      for (const file of await visualize(runs, { format, out })) output.line(file);
    });
}
