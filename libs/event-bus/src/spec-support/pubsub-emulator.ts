import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, realpathSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/** A Pub/Sub emulator in a process of its own. */
export interface PubsubEmulator {
  /** Host and port. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Google's emulator, which comes with the Cloud SDK; `undefined` where it, or Java, is not on the machine. */
export function findPubsubEmulator(): string | undefined {
  try {
    const gcloud = execFileSync('sh', ['-c', 'command -v java >/dev/null && command -v gcloud'])
      .toString()
      .trim();
    const root = resolve(realpathSync(gcloud), '../..');
    return globSync('platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar', { cwd: root }).map(
      (jar) => resolve(root, jar),
    )[0];
  } catch {
    return undefined;
  }
}

/** Starts the emulator on a free port; resolves when it answers. */
export async function startPubsubEmulator(jar: string): Promise<PubsubEmulator> {
  const endpoint = `127.0.0.1:${await freePort()}`;
  const [host, port] = endpoint.split(':');
  const child = spawn('java', ['-Xmx256m', '-jar', jar, `--host=${host}`, `--port=${port}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  await new Promise<void>((ready, failed) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Server started, listening on')) ready();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', failed);
    child.once('exit', () => failed(new Error(`The Pub/Sub emulator ended: ${said}`)));
  });
  return {
    endpoint,
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
