import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { shutDown } from './graceful-shutdown.ts';
import { createHealth } from './health.ts';
import { listen } from './http-server.ts';
import { createLogger } from './logger.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

/** A server whose only answer waits until it is let go. */
async function setUp() {
  let letGo = () => {};
  let arrived = () => {};
  const began = new Promise<void>((resolve) => (arrived = resolve));
  const server = await listen(
    (_request, response) => {
      letGo = () => response.end('whole');
      arrived();
    },
    { host: '127.0.0.1', port: 0 },
  );
  const agent = new Agent({ keepAlive: true });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port: server.port, agent }, resolve).on('error', reject);
  });
  await began;
  return { server, answer, letGo: () => letGo(), agent };
}

describe('shutDown', () => {
  it('finishes the answer under way, then frees, and leaves no connection', async () => {
    const { server, answer, letGo, agent } = await setUp();
    const order: string[] = [];
    const health = createHealth();
    const release = async () => void order.push('released');
    const done = shutDown({ server, health, logger, release });
    expect(health.current.state).toBe('stopping');
    expect(order).toEqual([]);
    letGo();
    expect(await text(await answer)).toBe('whole');
    order.push('answered');
    expect(await done).toBe(true);
    expect(order).toEqual(['answered', 'released']);
    agent.destroy();
  });

  it('cuts what does not end in time', async () => {
    const { server, answer, agent } = await setUp();
    const options = { server, health: createHealth(), logger, release: async () => {}, graceMs: 20 };
    const cut = expect(answer).rejects.toThrow('socket hang up');
    expect(await shutDown(options)).toBe(false);
    await cut;
    agent.destroy();
  });
});

describe('listen', () => {
  it('says which port is taken', async () => {
    const first = await listen(() => {}, { host: '127.0.0.1', port: 0 });
    await expect(listen(() => {}, { host: '127.0.0.1', port: first.port })).rejects.toMatchObject({
      code: 'invalid-configuration',
      message: expect.stringContaining(`port ${first.port} (EADDRINUSE)`),
    });
    await first.drain();
  });
});
