import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { isPortFree, parsePortBase } from './ports.ts';

describe('parsePortBase', () => {
  it('is 8080 unless told otherwise', () => {
    expect([parsePortBase(undefined), parsePortBase(''), parsePortBase('9080')]).toEqual([8080, 8080, 9080]);
  });

  it.each(['80', '65001', '-1', '8080.5', '1e4', 'web'])('refuses %s and says what it expects', (text) => {
    expect(() => parsePortBase(text)).toThrow(`whole number from 1024 to 65000; it is "${text}"`);
  });
});

describe('isPortFree', () => {
  it.each(['127.0.0.1', undefined])('sees a server that listens on %s', async (host) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen({ port: 0, host }, resolve));
    const { port } = server.address() as AddressInfo;
    expect(await isPortFree(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isPortFree(port)).toBe(true);
  });
});
