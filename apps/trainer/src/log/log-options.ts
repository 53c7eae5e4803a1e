import { Command } from 'commander';
import { readPlaces } from '../places/config.ts';
import { parseMoment, parseSpan } from './time-range.ts';

/** A command below `assay log`: each can be told where the log is. */
export function logSubcommand(name: string): Command {
  return new Command(name).option(
    '--log <url>',
    'bucket with the log, file:FOLDER or gs://BUCKET; OBJECT_STORE_URL',
    readPlaces().objectStore,
  );
}

/** The options by which a window is told. */
export function withRange(command: Command): Command {
  return command
    .option('--since <span>', 'back from the end: 30m, 24h, 7d', parseSpan, parseSpan('24h'))
    .option('--from <moment>', 'instead: 2026-05-01, 2026-05-01T07:30Z', parseMoment)
    .option('--to <moment>', 'end, not included; now if left out', parseMoment);
}
