import { shutDownOnSignals } from '@assay/service-kit';
import { readConfig } from './config.ts';
import { start } from './start.ts';

/** Runs the service until a signal ends it; a fault of the configuration ends the process with its words. */
export async function run(): Promise<void> {
  try {
    shutDownOnSignals(await start(readConfig()));
  } catch (error) {
    process.stderr.write(`frontend: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
