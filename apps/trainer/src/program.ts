import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { compareCommand } from './commands/compare.command.ts';
import { dataCommand } from './commands/data.command.ts';
import { digestCommand } from './commands/digest.command.ts';
import { driftCommand } from './commands/drift.command.ts';
import { evaluateCommand } from './commands/evaluate.command.ts';
import { explainCommand } from './commands/explain.command.ts';
import { inspectCommand } from './commands/inspect.command.ts';
import { importCommand } from './commands/import.command.ts';
import { logCommand } from './commands/log.command.ts';
import { newCommand } from './commands/new.command.ts';
import { predictCommand } from './commands/predict.command.ts';
import { profileCommand } from './commands/profile.command.ts';
import { promoteCommand } from './commands/promote.command.ts';
import { pruneCommand } from './commands/prune.command.ts';
import { runsCommand } from './commands/runs.command.ts';
import { sweepCommand } from './commands/sweep.command.ts';
import { trainCommand } from './commands/train.command.ts';
import { visualizeCommand } from './commands/visualize.command.ts';
import { variantsCommand } from './commands/variants.command.ts';

/** Every command, each from a file of its own, in the order of the help. */
const commands: ((context: CommandContext) => Command)[] = [
  newCommand,
  dataCommand,
  trainCommand,
  sweepCommand,
  runsCommand,
  visualizeCommand,
  pruneCommand,
  evaluateCommand,
  compareCommand,
  promoteCommand,
  digestCommand,
  predictCommand,
  explainCommand,
  inspectCommand,
  importCommand,
  profileCommand,
  variantsCommand,
  logCommand,
  driftCommand,
];

/** The command line. */
export function buildProgram(context: CommandContext): Command {
  const { output } = context;
  const program = new Command('assay')
    .description('Trains, measures and asks image and table classifiers.')
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.note(text.trimEnd()),
    });
  for (const command of commands) program.addCommand(inherit(command(context), program));
  return program;
}

/** Help and errors of a command and of the commands below it go where the program's go. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const below of command.commands) inherit(below, command);
  return command;
}
