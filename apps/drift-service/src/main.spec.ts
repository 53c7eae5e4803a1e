import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { stateIn, temporaryFolder } from './drift-service.fixture.ts';
import { listenTo } from './stream.fixture.ts';

const main = join(__dirname, 'main.ts');

describe('the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('gets ready, answers, and ends with 0 on %s', async (signal) => {
    await using folder = await temporaryFolder();
    const env = { HOST: '127.0.0.1', PORT: '0', ...stateIn(folder.path) };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    const messages: string[] = [];
    for await (const text of createInterface(child.stdout)) {
      const { message, port } = JSON.parse(text) as { message: string; port?: number };
      messages.push(message);
      if (port === undefined) continue;
      const url = `http://127.0.0.1:${port}`;
      while ((await fetch(`${url}/ready`)).status !== 200) await new Promise(setImmediate);
      // A listener does not hold it up.
      await listenTo(`${url}/predictions/stream`);
      child.kill(signal);
    }
    expect(await exit).toEqual([0, null]);
    expect(messages.at(-1)).toBe('stopped');
  });

  it('ends with 1 and the names of the variables at fault', async () => {
    const child = spawn(process.execPath, [main], { env: { PORT: 'http' }, stdio: 'pipe' });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain('PORT: expected a whole number from 0 to 65535');
    expect(said).not.toMatch(/\n\s+at /);
  });
});
