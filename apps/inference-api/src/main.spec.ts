import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { realService, stateIn } from './real-service.fixture.ts';

const main = join(__dirname, 'main.ts');

describe('the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('gets ready, answers, and ends with 0 on %s', async (signal) => {
    await using other = await realService({ packages: [{}] });
    const env = {
      HOST: '127.0.0.1',
      PORT: '0',
      MODEL_REGISTRY: other.folder,
      WORKERS: '1',
      ...stateIn(other.state),
    };
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    const messages: string[] = [];
    let port = 0;
    for await (const text of createInterface(child.stdout)) {
      const line = JSON.parse(text) as { message: string; severity: string; port?: number };
      messages.push(line.message);
      port = line.port ?? port;
      if (!line.message.startsWith('ready')) continue;
      expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
      child.kill(signal);
    }
    expect(await exit).toEqual([0, null]);
    expect(messages).toContain('serving tiny@1.0.0');
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
