import { Command, InvalidArgumentError } from 'commander';
import { defaultRegistries } from '../commands/default-registries.ts';
import { readPlaces } from '../places/config.ts';

/** A command below `assay drift`: each can be told where the log and the reports are. */
export function driftSubcommand(name: string): Command {
  return new Command(name).option(
    '--log <url>',
    'bucket with the log and the reports, file:FOLDER or gs://BUCKET; OBJECT_STORE_URL',
    readPlaces().objectStore,
  );
}

/** The options that name a model. */
export function withModel(command: Command): Command {
  return command
    .option('--model <name>', 'name or name@version; its champion where no version is named', 'ai-vs-real')
    .option('--registry <folder...>', 'where to look for it', [...defaultRegistries]);
}

/** Whole hours or days such as `24h` or `7d`. @throws InvalidArgumentError if it is none */
export function parseWindow(text: string): string {
  if (/^[1-9]\d{0,3}[hd]$/.test(text)) return text;
  throw new InvalidArgumentError('Expected a number of hours or days, such as 24h or 7d.');
}
