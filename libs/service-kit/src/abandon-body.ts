import type { IncomingMessage } from 'node:http';

/** How long a caller may go on sending after it was refused, milliseconds. */
const LINGER_MS = 2_000;

/**
 * Deals with the rest of a body that nobody is going to read. Closing at once would reset the connection, and many
 * clients would then lose the answer; so the rest is thrown away as it comes, for two seconds, before the connection
 * is cut. An upload without end neither hangs nor is read to its end.
 */
export function abandonBody(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  request.unpipe();
  request.resume();
  const cut = setTimeout(() => request.socket.destroy(), LINGER_MS);
  const keep = () => clearTimeout(cut);
  request.once('end', keep).once('close', keep);
}
