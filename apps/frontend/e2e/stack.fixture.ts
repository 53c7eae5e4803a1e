import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Everything that `npm start` starts, as it is, with a state of its own. */
export interface Stack extends AsyncDisposable {
  /** Of the page. */
  readonly url: string;
}

/** Runs `npm start` on free ports, over the models that ship. */
export async function startStack(environment: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const state = await mkdtemp(join(tmpdir(), 'assay-e2e-'));
  const portBase = await freePortBase();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: resolve(__dirname, '../../..'),
    detached: true,
    env: {
      // What a shell would pass on.
      // eslint-disable-next-line no-restricted-properties
      ...process.env,
      ASSAY_PORT_BASE: String(portBase),
      EVENT_BUS_URL: `sqlite:${join(state, 'events.db')}`,
      OBJECT_STORE_URL: `file:${join(state, 'bucket')}`,
      PREDICTION_LOG_OUTBOX: join(state, 'outbox.db'),
      // A busy machine is slow, and not away.
      PREDICTION_LOG_TIMEOUT_MS: '30000',
      SERVICE_TIMEOUT_SECONDS: '300',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  await printed(child, 'Ctrl-C');
  return {
    url: `http://localhost:${portBase}`,
    async [Symbol.asyncDispose]() {
      process.kill(-child.pid!, 'SIGINT');
      await ended;
      await rm(state, { recursive: true, force: true });
    },
  };
}

/** @throws Error with all that was printed, when it ends before */
async function printed(child: ChildProcess, text: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolvePrinted, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        output += bytes.toString();
        if (output.includes(text)) resolvePrinted();
      });
    child.once('close', () => reject(new Error(`npm start ended early:\n${output}`)));
  });
}

/** A base whose two neighbours are likely to be free as well. */
async function freePortBase(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return Math.min(port, 60_000);
}
