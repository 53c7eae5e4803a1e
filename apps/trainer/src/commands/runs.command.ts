import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** `assay runs`. */
export function runsCommand({ output }: CommandContext): Command {
  return new Command('runs')
    .description('list training runs, or put several side by side')
    .argument('[runs...]', 'names or their beginnings, "latest", folders; all if left out')
    .option('--compare', 'the settings in which they differ, and the metrics of their best epochs')
    .option('--where <condition...>', 'for example state=finished name~wine best>0.6 optimiser.type=adamw')
    .option('--sort <name>', 'by this value, "-best" from the largest down', 'started')
    .option('--json', 'for programs')
    .option('--state <folder>', 'that holds the runs', '.assay')
    .action(
      async (
        wanted: string[],
        options: { compare?: true; where?: string[]; sort: string; json?: true; state: string },
      ) => {
        const { findRuns } = await import('../runs/find-runs.ts');
        const { listRuns, selectRuns } = await import('../runs/list-runs.ts');
        const found = await findRuns(wanted, { state: options.state, note: output.note });
        const runs = selectRuns(found, { where: options.where ?? [], sort: options.sort });
        const json = (value: unknown) => output.line(JSON.stringify(value, null, 2));
        if (options.compare) {
          const { compareRuns, describeComparison } = await import('../runs/compare-runs.ts');
          const comparison = compareRuns(runs);
          if (options.json) json(comparison);
          else describeComparison(comparison).forEach((line) => output.line(line));
          return;
        }
        const { runValues } = await import('../runs/run-values.ts');
        if (options.json)
          json(runs.map((run) => ({ path: run.path, metric: run.metric, ...runValues(run) })));
        else if (runs.length === 0) output.note(`No runs in ${options.state}/runs.`);
        else listRuns(runs).forEach((line) => output.line(line));
      },
    );
}
