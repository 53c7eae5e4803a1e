import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackMessage } from './slack-message.ts';

/** Somebody who is told: answers with the statuses given, one after the other, then with 200. `0` hangs up. */
export async function listeningWebhook(statuses: readonly number[] = []) {
  const left = [...statuses];
  const messages: SlackMessage[] = [];
  let attempts = 0;
  const server = createServer((request, response) => {
    attempts++;
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const status = left.shift() ?? 200;
      if (status === 0) request.socket.destroy();
      else {
        if (status === 200) messages.push(JSON.parse(text) as SlackMessage);
        response.writeHead(status).end('ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/secret`,
    /** Those that were answered with 200. */
    messages,
    get attempts() {
      return attempts;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
