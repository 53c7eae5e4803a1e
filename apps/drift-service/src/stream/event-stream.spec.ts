import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Response } from 'express';
import { openEventStream, type EventStream } from './event-stream.ts';

async function serve(use: (stream: EventStream) => void) {
  const server = createServer((_request, response) => {
    // What it needs of Express is what Node's response has.
    const express = Object.assign(response, {
      status(code: number) {
        response.statusCode = code;
        return response;
      },
    });
    use(openEventStream(express as unknown as Response, 5));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a stream of events', () => {
  it('says when to come again, sends events, and beats in between', async () => {
    await using server = await serve((stream) => {
      void (async () => {
        await stream.send({ id: '7', event: 'prediction', data: { text: 'one\ntwo' } });
        await new Promise((resolve) => setTimeout(resolve, 25));
        await stream.send({ event: 'gap', data: 1 });
        stream.end();
        await stream.send({ event: 'never', data: 1 });
      })();
    });
    const text = await (await fetch(server.url)).text();
    expect(text.replaceAll(/(:\n\n)+/g, ':\n\n')).toBe(
      'retry: 2000\n\nid: 7\nevent: prediction\ndata: {"text":"one\\ntwo"}\n\n:\n\nevent: gap\ndata: 1\n\n',
    );
  });

  it('knows when the caller is gone', async () => {
    let stream: EventStream | undefined;
    await using server = await serve((opened) => (stream = opened));
    const leaving = new AbortController();
    await fetch(server.url, { signal: leaving.signal });
    leaving.abort();
    await new Promise((resolve) => stream!.signal.addEventListener('abort', resolve));
  });
});
