import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the fake misbehaves, once, at the next request that matches. */
export interface Fault {
  /** Matched against `METHOD url`. */
  request: RegExp;
  /** Answers with this status instead of doing anything. */
  status?: number;
  /** Does the work, then closes the connection without an answer. */
  loseAnswer?: boolean;
  /** Closes the connection after this many bytes of content. */
  cutAfter?: number;
  /** Flips a bit of the content that is sent. */
  damage?: boolean;
}

/** A bucket called `bucket` that speaks enough of Cloud Storage's JSON API for the real client. */
export interface GcsFake {
  endpoint: string;
  faults: Fault[];
  /** `METHOD url` of every request. */
  requests: string[];
  close(): Promise<void>;
}

interface Stored {
  content: Buffer;
  crc32c: string;
  generation: bigint;
  contentType: string;
  updated: Date;
  custom: Record<string, string>;
}

interface Session {
  name: string;
  match: string | null;
  metadata: Resource;
  parts: Buffer[];
  done?: Stored;
}

interface Resource {
  name?: string;
  contentType?: string;
  crc32c?: string;
  metadata?: Record<string, string>;
}

class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Starts it on a free port of this machine.
 *
 * @param crc32cOf CRC32C of some bytes as base64, from `object-store`, on which this library does not build.
 */
export async function startGcsFake(crc32cOf: (bytes: Uint8Array) => string): Promise<GcsFake> {
  const objects = new Map<string, Stored>();
  const sessions = new Map<string, Session>();
  const faults: Fault[] = [];
  const requests: string[] = [];
  let clock = 1_700_000_000_000_000n;

  const check = (name: string, match: string | null) => {
    if (match === null) return;
    const found = objects.get(name)?.generation ?? 0n;
    if (String(found) !== match)
      throw new Refusal(412, 'At least one of the pre-conditions you specified did not hold.');
  };
  const store = (name: string, match: string | null, entry: { content: Buffer; metadata: Resource }) => {
    check(name, match);
    const { content, metadata } = entry;
    const crc32c = crc32cOf(content);
    if (metadata.crc32c !== undefined && metadata.crc32c !== crc32c)
      throw new Refusal(400, `Provided CRC32C "${metadata.crc32c}" doesn't match calculated CRC32C.`);
    const stored: Stored = {
      content,
      crc32c,
      generation: ++clock,
      contentType: metadata.contentType ?? 'application/octet-stream',
      updated: new Date(),
      custom: metadata.metadata ?? {},
    };
    objects.set(name, stored);
    return stored;
  };
  const find = (name: string, generation: string | null) => {
    const stored = objects.get(name);
    if (!stored || (generation !== null && String(stored.generation) !== generation))
      throw new Refusal(404, `No such object: bucket/${name}`);
    return stored;
  };

  const upload = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    const query = url.searchParams;
    const body = await bodyOf(request);
    const id = query.get('upload_id');
    if (id !== null) return continueUpload(sessions.get(id)!, request, body);
    const match = query.get('ifGenerationMatch');
    if (query.get('uploadType') === 'multipart') {
      const { metadata, content } = parseMultipart(body, request.headers['content-type'] ?? '');
      const name = query.get('name') ?? metadata.name ?? '';
      return { json: resource(name, store(name, match, { content, metadata })) };
    }
    const metadata = JSON.parse(body.toString() || '{}') as Resource;
    const session: Session = { name: query.get('name') ?? '', match, metadata, parts: [] };
    check(session.name, match);
    const key = String(sessions.size + 1);
    sessions.set(key, session);
    return {
      json: {},
      headers: { location: `http://${request.headers.host}${url.pathname}?upload_id=${key}` },
    };
  };

  const continueUpload = (session: Session, request: IncomingMessage, body: Buffer): Answer => {
    if (session.done) return { json: resource(session.name, session.done) };
    const [, from = '*', total = '*'] =
      /^bytes (\*|\d+)(?:-\d+|-\*)?\/(\*|\d+)$/.exec(request.headers['content-range'] ?? '') ?? [];
    const length = () => session.parts.reduce((sum, part) => sum + part.length, 0);
    if (from !== '*') {
      if (Number(from) !== length())
        throw new Refusal(400, `expected the part at ${length()}, received ${from}`);
      session.parts.push(body);
    }
    if (total === '*' || Number(total) > length()) {
      const range = length() === 0 ? {} : { range: `bytes=0-${length() - 1}` };
      return { status: 308, headers: range };
    }
    session.done = store(session.name, session.match, {
      content: Buffer.concat(session.parts),
      metadata: session.metadata,
    });
    return { json: resource(session.name, session.done) };
  };

  const list = (query: URLSearchParams): Answer => {
    const prefix = query.get('prefix') ?? '';
    const after = Buffer.from(query.get('pageToken') ?? '', 'base64').toString();
    const names = [...objects.keys()]
      .filter((name) => name.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const rest = names.slice(after === '' ? 0 : names.indexOf(after) + 1);
    const page = rest.slice(0, Number(query.get('maxResults') ?? 1000));
    return {
      json: {
        items: page.map((name) => resource(name, objects.get(name)!)),
        ...(page.length < rest.length ? { nextPageToken: Buffer.from(page.at(-1)!).toString('base64') } : {}),
      },
    };
  };

  const route = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    const query = url.searchParams;
    const [, base, rest = ''] = /^(\/upload)?\/storage\/v1\/b\/bucket\/o\/?(.*)$/.exec(url.pathname) ?? [];
    if (base) return upload(request, url);
    if (!url.pathname.startsWith('/storage/v1/b/bucket/o'))
      throw new Refusal(404, 'The specified bucket does not exist.');
    if (rest === '') return list(query);
    const [from = '', to] = rest.split('/rewriteTo/b/bucket/o/').map(decodeURIComponent);
    if (to !== undefined) {
      const { content, contentType, custom } = find(from, null);
      const copy = store(to, query.get('ifGenerationMatch'), {
        content,
        metadata: { contentType, metadata: custom },
      });
      return { json: { done: true, resource: resource(to, copy) } };
    }
    const stored = find(from, query.get('generation'));
    if (request.method === 'DELETE') {
      check(from, query.get('ifGenerationMatch'));
      objects.delete(from);
      return { status: 204 };
    }
    return query.get('alt') === 'media' ? media(stored, request) : { json: resource(from, stored) };
  };

  const server = createServer((request, response) => {
    void (async () => {
      const line = `${request.method} ${request.url}`;
      requests.push(line);
      const at = faults.findIndex((fault) => fault.request.test(line));
      const fault: Partial<Fault> = at < 0 ? {} : faults.splice(at, 1)[0]!;
      const url = new URL(request.url ?? '', 'http://fake');
      let answer: Answer;
      try {
        if (fault.status !== undefined) {
          await bodyOf(request);
          throw new Refusal(fault.status, `made to answer ${fault.status}`);
        }
        answer = await route(request, url);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { status, message } = error;
        answer = {
          status,
          json: { error: { code: status, message, errors: [{ message, reason: 'fake' }] } },
        };
      }
      if (fault.loseAnswer) request.socket.destroy();
      else send(response, answer, fault);
    })();
  });
  // A client that is slow for a while finds its connection open.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  content?: Buffer;
}

function send(response: ServerResponse, answer: Answer, fault: Partial<Fault>): void {
  const {
    status = 200,
    headers = {},
    json,
    content = Buffer.from(json === undefined ? '' : JSON.stringify(json)),
  } = answer;
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': String(content.length), ...headers });
  if (fault.damage) content[0]! ^= 1;
  if (fault.cutAfter === undefined) response.end(content);
  else response.write(content.subarray(0, fault.cutAfter), () => response.destroy());
}

function media(
  { content, crc32c, generation, contentType, updated }: Stored,
  request: IncomingMessage,
): Answer {
  const headers = {
    'content-type': contentType,
    'last-modified': updated.toUTCString(),
    'x-goog-generation': String(generation),
    'x-goog-stored-content-length': String(content.length),
    'x-goog-stored-content-encoding': 'identity',
    'x-goog-hash': `crc32c=${crc32c}`,
  };
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (start === undefined) return { content: Buffer.from(content), headers };
  if (Number(start) >= content.length) throw new Refusal(416, 'Requested range not satisfiable');
  const part = content.subarray(Number(start), end === '' ? undefined : Number(end) + 1);
  const range = `bytes ${start}-${Number(start) + part.length - 1}/${content.length}`;
  return { status: 206, content: Buffer.from(part), headers: { ...headers, 'content-range': range } };
}

function resource(name: string, stored: Stored): unknown {
  return {
    kind: 'storage#object',
    bucket: 'bucket',
    name,
    size: String(stored.content.length),
    generation: String(stored.generation),
    contentType: stored.contentType,
    updated: stored.updated.toISOString(),
    crc32c: stored.crc32c,
    metadata: stored.custom,
  };
}

function parseMultipart(body: Buffer, contentType: string): { metadata: Resource; content: Buffer } {
  const boundary = `--${/boundary=['"]?([^'";]+)/.exec(contentType)?.[1] ?? ''}`;
  const sections: Buffer[] = [];
  for (let at = body.indexOf(boundary); at >= 0;) {
    const next = body.indexOf(boundary, at + boundary.length);
    if (next < 0) break;
    const section = body.subarray(at + boundary.length + 2, next - 2);
    sections.push(section.subarray(section.indexOf('\r\n\r\n') + 4));
    at = next;
  }
  const [metadata = Buffer.from('{}'), content = Buffer.alloc(0)] = sections;
  return { metadata: JSON.parse(metadata.toString()) as Resource, content: Buffer.from(content) };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
