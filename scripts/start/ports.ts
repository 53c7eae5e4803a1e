import { once } from 'node:events';
import { createServer } from 'node:net';

/** Ports that a person may move Assay to: below 1024 needs privileges, and all three services must fit. */
const LOWEST_BASE = 1024;
const HIGHEST_BASE = 65_000;

/**
 * Reads the port that all services are counted from.
 *
 * @param text value of ASSAY_PORT_BASE; `undefined` or empty means 8080
 * @throws Error that says what is expected, when `text` is not a whole number from 1024 to 65000
 */
export function parsePortBase(text: string | undefined): number {
  if (!text) return 8080;
  const base = Number(text);
  if (/^\d+$/.test(text) && base >= LOWEST_BASE && base <= HIGHEST_BASE) return base;
  throw new Error(
    `ASSAY_PORT_BASE must be a whole number from ${LOWEST_BASE} to ${HIGHEST_BASE}; it is "${text}".`,
  );
}

/** Whether a server may listen on `port` now, on every interface of this machine. */
export async function isPortFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port), 'listening');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  } finally {
    probe.close();
  }
}
