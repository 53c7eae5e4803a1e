import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { logSubcommand } from '../log/log-options.ts';
import { changeLog } from '../log/with-log.ts';

/** `assay log forget`. */
export function logForgetCommand(context: CommandContext): Command {
  const { output, signal } = context;
  return logSubcommand('forget')
    .description('remove inputs, the predictions made of them and what was said of those')
    .option('--input-sha256 <digest...>', 'sha256 of the inputs, hex')
    .option('--input <file...>', 'the inputs themselves')
    .action(({ log: url, inputSha256 = [], input = [] }: ForgetOptions) =>
      changeLog(url, context, async (log) => {
        const { inputDigests } = await import('../log/input-digests.ts');
        const digests = await inputDigests(inputSha256, input);
        const { predictions, feedback, inputs, objects, notRead } = await log.forget(digests, { signal });
        output.line(
          `Forgotten: ${predictions} predictions, ${feedback} feedback, ${inputs} kept inputs; ${objects} objects were written anew.`,
        );
        output.note(
          'What is still on its way through the bus is not seen: run it again later, until it finds nothing.',
        );
        if (notRead.length > 0) {
          output.note(
            `Nobody could look into ${notRead.join(', ')}: use the release that wrote them, or delete them.`,
          );
          context.exit(1);
        }
      }),
    );
}

interface ForgetOptions {
  log: string;
  inputSha256?: string[];
  input?: string[];
}
