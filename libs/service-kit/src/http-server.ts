import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AssayError } from '@assay/schema';

/** A server that accepts connections. */
export interface RunningServer {
  /** For a person on this machine: `http://localhost:8081`. */
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  /** Takes no new connection and waits for the answers under way. */
  drain(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** A caller has this long to send a whole request, milliseconds. */
const REQUEST_TIMEOUT_MS = 60_000;

/** @throws AssayError `invalid-configuration` where the port is taken or not allowed */
export async function listen(app: RequestListener, { host, port }: ListenOptions): Promise<RunningServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: 65_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const detail = `Cannot listen on ${host} port ${port} (${cause.code ?? cause.message}); set HOST or PORT.`;
      reject(new AssayError('invalid-configuration', detail, { cause }));
    });
    server.listen({ host, port }, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://localhost:${address.port}`,
    port: address.port,
    server,
    drain: () =>
      new Promise((resolve) => {
        // Keep-alive connections end with the answer under way, or as soon as they are idle.
        server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
        const sweep = setInterval(() => server.closeIdleConnections(), 50);
        server.close(() => {
          clearInterval(sweep);
          resolve();
        });
      }),
  };
}
