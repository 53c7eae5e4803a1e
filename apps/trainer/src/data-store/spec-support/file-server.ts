import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server with files in memory that understands ranges and, on demand, breaks off. */
export interface FileServer {
  url: string;
  files: Map<string, { content: Buffer; etag?: string }>;
  /** For each of the next answers with content: after so many bytes the connection is closed. */
  cuts: number[];
  /** Waited for before a connection is closed; told how many bytes of the file have been sent in all. */
  beforeCut: { wait(sent: number): Promise<void> };
  /** For each of the next requests: this status instead of an answer. */
  statuses: number[];
  /** `path range` of every request. */
  requests: string[];
  close(): Promise<void>;
}

export async function startFileServer(): Promise<FileServer> {
  const files: FileServer['files'] = new Map();
  const cuts: number[] = [];
  const beforeCut = { wait: async () => {} } as FileServer['beforeCut'];
  const statuses: number[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    requests.push(`${path} ${request.headers.range ?? 'whole'}`);
    const file = files.get(path);
    const status = statuses.shift() ?? (file ? 200 : 404);
    if (status !== 200 || !file) {
      response.writeHead(status).end();
      return;
    }
    const { content, etag } = file;
    const start = rangeStart(request, etag);
    if (start !== undefined && start >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      return;
    }
    const body = content.subarray(start ?? 0);
    response.writeHead(start === undefined ? 200 : 206, {
      'content-length': body.length,
      ...(etag === undefined ? {} : { etag }),
      ...(start === undefined
        ? {}
        : { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    const cut = cuts.shift();
    if (cut === undefined || cut >= body.length) response.end(body);
    else
      response.write(body.subarray(0, cut), () => {
        void beforeCut.wait((start ?? 0) + cut).then(() => request.socket.destroy());
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    cuts,
    beforeCut,
    statuses,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** First byte of a range that holds for the content as it is now (RFC 9110, 13.1.5). */
function rangeStart({ headers }: IncomingMessage, etag: string | undefined): number | undefined {
  const start = /^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1];
  const current = headers['if-range'] === undefined || headers['if-range'] === etag;
  return start !== undefined && current ? Number(start) : undefined;
}
