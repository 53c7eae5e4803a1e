import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { parseWindow, withModel } from '../drift/drift-options.ts';

/** `assay drift sql`. */
export function driftSqlCommand({ output }: CommandContext): Command {
  return withModel(new Command('sql'))
    .description('print the statements that count a window in BigQuery, where Pub/Sub writes the log there')
    .requiredOption('--dataset <project.dataset>', 'where the tables and the views are')
    .option('--predictions <table>', "of the topic's BigQuery subscription", 'raw_predictions')
    .option('--feedback <table>', "of the topic's BigQuery subscription", 'raw_feedback')
    .option('--window <span>', 'back from now: 24h, 7d', parseWindow, '24h')
    .option('--views', 'print first what makes the views that they read', false)
    .action(async ({ registry, ...options }: Options) => {
      const { printSql } = await import('../drift/sql.ts');
      await printSql({ registries: registry, ...options }, output);
    });
}

interface Options {
  model: string;
  registry: string[];
  window: string;
  dataset: string;
  predictions: string;
  feedback: string;
  views: boolean;
}
