import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startService } from './service.ts';

const folder = mkdtempSync(join(tmpdir(), 'start-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function start(fixture: string) {
  const lines: string[] = [];
  const logFile = join(folder, `${fixture}.log`);
  const service = startService({
    name: fixture,
    entry: join(import.meta.dirname, 'fixtures', `${fixture}.ts`),
    port: await freePort(),
    env: {},
    logFile,
    show: (line) => lines.push(line),
  });
  return { service, lines, log: () => readFileSync(logFile, 'utf8') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('startService', () => {
  it('waits until /ready answers 200, shows warnings only, and lets the process finish', async () => {
    const { service, lines, log } = await start('service');
    await service.ready(20_000);
    expect((await fetch(`${service.url}/ready`)).status).toBe(200);
    await service.stop(20_000);
    expect(await service.ended).toBe('exit code 0');
    expect(lines).toEqual(['service: WARNING look here', 'service: finished']);
    expect(log()).toContain('quiet');
  });

  it('says how a process ended that never became ready, and where its log is', async () => {
    const { service, lines, log } = await start('broken-service');
    await expect(service.ready(20_000)).rejects.toThrow(
      /did not become ready\. It ended: exit code 3\. .*broken-service\.log/,
    );
    expect(lines).toEqual(['broken-service: cannot go on']);
    expect(log()).toBe('cannot go on\n');
    await service.stop(0);
  });

  it('repeats why a service says that it failed, without waiting any longer', async () => {
    const { service } = await start('failed-service');
    await expect(service.ready(20_000)).rejects.toThrow('did not become ready. No model. Its log is');
    await service.stop(20_000);
  });

  it('gives up on a process that is not ready in time, and ends one that will not stop', async () => {
    const { service } = await start('stubborn-service');
    await expect(service.ready(1000)).rejects.toThrow(/did not become ready\. It had 1 s\. /);
    await service.stop(200);
    expect(await service.ended).toBe('SIGKILL');
  });
});
