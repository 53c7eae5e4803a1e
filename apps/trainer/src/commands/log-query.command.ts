import type { Command } from 'commander';
import type { Row } from '@assay/prediction-log';
import type { CommandContext } from '../command-context.ts';
import { csvOf, tableOf } from '../log/format-rows.ts';
import { logSubcommand, withRange } from '../log/log-options.ts';
import { notePassedOver } from '../log/passed-over.ts';
import { rangeOf, type RangeOptions } from '../log/time-range.ts';
import { withLog } from '../log/with-log.ts';

/** Rows of a table for people; more are asked for as CSV or JSON. */
const LONGEST_TABLE = 1000;

/** `assay log query`. */
export function logQueryCommand({ output }: CommandContext): Command {
  return withRange(logSubcommand('query'))
    .description('run SQL (DuckDB) over the tables predictions and feedback')
    .argument('<sql>', 'a SELECT, or DESCRIBE predictions')
    .option('--json', 'print one JSON object per row')
    .option('--csv', 'print CSV')
    .action((sql: string, options: QueryOptions) =>
      withLog(options.log, async (log) => {
        const window = rangeOf(options);
        const rows: Row[] = [];
        let count = 0;
        for await (const row of log.query(sql, { window })) {
          if (options.json) output.line(JSON.stringify(row));
          else if (options.csv) {
            if (count === 0) output.line(csvOf(Object.keys(row)));
            output.line(csvOf(Object.values(row)));
          } else if (count < LONGEST_TABLE) rows.push(row);
          count += 1;
        }
        tableOf(rows).forEach((line) => output.line(line));
        if (!options.json && !options.csv && count > LONGEST_TABLE)
          output.note(`${count - LONGEST_TABLE} rows more: --csv or --json prints all.`);
        if (count === 0) output.note(`No rows, from ${describe(window)}.`);
        await notePassedOver(log, window, output);
      }),
    );
}

const describe = ({ from, to }: { from: Date; to: Date }) => `${from.toISOString()} to ${to.toISOString()}`;

interface QueryOptions extends RangeOptions {
  log: string;
  json?: true;
  csv?: true;
}
