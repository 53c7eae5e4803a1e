import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './workspaces.ts';

const READY_WITHIN_MS = 90_000;

/** `npm start` on ports of its own, in a process group of its own like that of a terminal. */
class Started {
  readonly child: ChildProcess;
  output = '';
  readonly ended: Promise<unknown[]>;

  constructor(portBase: number) {
    this.child = spawn('npm', ['start', '--silent'], {
      cwd: root,
      detached: true,
      env: { ...process.env, ASSAY_PORT_BASE: String(portBase) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (bytes: Buffer) => (this.output += bytes.toString()));
    }
    this.ended = once(this.child, 'close');
  }

  /** What a terminal does on Ctrl-C (SIGINT) and when it closes (SIGHUP): every process of the group gets the signal. */
  signal(signal: NodeJS.Signals): void {
    process.kill(-this.child.pid!, signal);
  }

  async printed(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`ended early:\n${this.output}`);
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
}

/** A base whose neighbours are free as well. */
async function freePortBase(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return Math.min(port, 60_000);
}

describe('npm start', () => {
  let started: Started;

  beforeAll(async () => {
    started = new Started(await freePortBase());
    await started.printed('Ctrl-C');
  }, READY_WITHIN_MS);

  afterAll(async () => {
    if (started.child.exitCode === null) started.signal('SIGTERM');
    await started.ended;
  });

  it('prints the curl line of the README, which answers as printed', () => {
    const line = /^ *(curl .*)$/m.exec(started.output)?.[1];
    expect(line).toBeDefined();
    const port = /localhost:(\d+)/.exec(line!)![1]!;
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(
      line!.replace(`${root}/`, '').replace(port, '8081'),
    );
    const { stdout, stderr } = spawnSync('sh', ['-c', `${line!} --silent --show-error`], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      prediction: expect.stringMatching(/^(authentic|ai-generated)$/),
      probability: expect.any(Number),
    });
  });

  it('prints addresses that answer', async () => {
    const urls = [...started.output.matchAll(/http:\/\/localhost:\d+\/docs/g)].map(([url]) => url);
    expect(urls.length).toBeGreaterThan(0);
    for (const url of urls) expect((await fetch(url)).status).toBe(200);
  });

  it('prints the address of the page first, which shows the page and forwards to the services', async () => {
    const [page] = /http:\/\/localhost:\d+/.exec(started.output)!;
    expect(started.output).toContain(`Assay is ready: ${page}\n`);
    expect(await (await fetch(page)).text()).toContain('<div id="root">');
    const served = await fetch(`${page}/api/inference/models`);
    const { models } = (await served.json()) as { models: { name: string }[] };
    expect(models.map(({ name }) => name)).toContain('ai-vs-real');
    expect((await fetch(`${page}/api/drift/ready`)).status).toBe(200);
  });

  it('says what to do when a port is taken', async () => {
    const port = Number(/localhost:(\d+)/.exec(started.output)?.[1]);
    const second = new Started(port);
    expect(await second.ended).toEqual([1, null]);
    expect(second.output).toBe(
      `Port ${port}, where frontend would listen, is taken by another program. ` +
        'Stop that program, or move Assay: ASSAY_PORT_BASE=9080 npm start\n',
    );
  });

  it('stops everything on Ctrl-C and ends with exit code 0', async () => {
    const port = Number(/localhost:(\d+)/.exec(started.output)?.[1]);
    started.signal('SIGINT');
    expect(await started.ended).toEqual([0, null]);
    await expect(fetch(`http://localhost:${port}/live`)).rejects.toThrow();
  });
});
