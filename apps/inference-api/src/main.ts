import { shutDownOnSignals } from '@assay/service-kit';
import { readConfig } from './config.ts';
import { start } from './start.ts';

try {
  shutDownOnSignals(await start(readConfig()));
} catch (error) {
  process.stderr.write(`inference-api: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
