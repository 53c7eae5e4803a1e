import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { Worker } from 'node:worker_threads';

describe('the jest environment', () => {
  it('gives tests the typed arrays of the process, which native add-ons insist on', () => {
    expect(Float32Array).toBe(runInThisContext('Float32Array'));
    expect(ArrayBuffer).toBe(runInThisContext('ArrayBuffer'));
    expect(new Float32Array(Buffer.alloc(8).buffer)).toBeInstanceOf(Float32Array);
  });

  it('resolves import.meta to the file under test', () => {
    expect(fileURLToPath(import.meta.url)).toMatch(/scripts\/jest\/node-environment\.spec\.ts$/);
    expect(readFileSync(new URL('node-environment.spec.ts', import.meta.url), 'utf8')).toContain(
      'import.meta',
    );
    expect(fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')).toBe(import.meta.dirname);
  });

  it('keeps the colours of the terminal away from processes that tests start', () => {
    const { stdout } = spawnSync('sh', ['-c', 'echo "[$FORCE_COLOR]"'], { encoding: 'utf8' });
    expect(stdout).toBe('[]\n');
  });

  it('lets a worker thread run a TypeScript module', async () => {
    const worker = new Worker(new URL('fixtures/echo-worker.ts', import.meta.url));
    try {
      const answer = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
      worker.postMessage(new Float32Array([1, 2]));
      expect(await answer).toEqual(new Float32Array([1, 2]));
    } finally {
      await worker.terminate();
    }
  });
});
