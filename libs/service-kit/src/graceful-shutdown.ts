import type { Health } from './health.ts';
import type { RunningServer } from './http-server.ts';
import type { Logger } from './logger.ts';

export interface ShutdownOptions {
  readonly server: RunningServer;
  readonly health: Health;
  readonly logger: Logger;
  /** Frees what the service holds, once the last answer is out. */
  release(): Promise<void>;
  /** Cloud Run kills ten seconds after SIGTERM; two of them are kept in reserve. Milliseconds, default 8000. */
  readonly graceMs?: number;
}

/**
 * Ends a service: `/ready` refuses at once, no new connection is taken, the answers under way are finished, then the
 * resources are freed. What is not done after the grace period is cut.
 *
 * @returns whether everything ended in time
 */
export async function shutDown({
  server,
  health,
  logger,
  release,
  graceMs = 8_000,
}: ShutdownOptions): Promise<boolean> {
  health.stop();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), graceMs);
  });
  const work = server
    .drain()
    .then(release)
    .then(() => true as const);
  try {
    const inTime = await Promise.race([work, late]);
    if (inTime) logger.info('stopped');
    else logger.error(`not everything ended within ${graceMs / 1000} s; cutting it off`);
    return inTime;
  } finally {
    clearTimeout(timer);
    server.server.closeAllConnections();
  }
}

/**
 * Shuts down on SIGTERM and on Ctrl-C, then ends the process: with 0 when everything ended in time, else with 1. A
 * second signal ends it at once.
 */
export function shutDownOnSignals(options: ShutdownOptions): void {
  let begun = false;
  const stop = (signal: NodeJS.Signals) => {
    if (begun) process.exit(1);
    begun = true;
    options.logger.info(`${signal}: finishing what was begun`);
    void shutDown(options)
      .catch((error: unknown) => {
        options.logger.error({ err: error }, 'shutdown failed');
        return false;
      })
      .then((inTime) => process.exit(inTime ? 0 : 1));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
