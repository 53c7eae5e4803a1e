#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { terminalOutput } from './output.ts';
import { buildProgram } from './program.ts';

// Commands load what they need when they are asked for; from the second time on without compiling it again.
enableCompileCache();
const output = terminalOutput();
const stop = new AbortController();
// The first Ctrl-C asks a run to write a checkpoint and stop; the second ends the process at once.
process.once('SIGINT', () => {
  output.note('Stopping after this step; press Ctrl-C again to stop at once.');
  stop.abort();
});
process.once('SIGTERM', () => stop.abort());

const program = buildProgram({
  output,
  signal: stop.signal,
  exit: (status) => {
    process.exitCode = status;
  },
});
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  // Here, because the help needs no schemas.
  const { AssayError } = await import('@assay/schema');
  if (error instanceof AssayError) output.note(error.message);
  else throw error;
}
