import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { makePng } from '@assay/testing';
import { root } from './workspaces.ts';

const WITHIN_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'assay-new-system-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command line, in the folder, as a user has it. */
function assay(...words: string[]): string {
  const main = join(root, 'apps/trainer/src/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`assay ${words.join(' ')} ended with ${status}:\n${stderr}`);
  return stdout;
}

/** The service over what was trained, for as long as `use` takes. */
async function serving(use: (url: string) => Promise<void>): Promise<void> {
  const main = join(root, 'apps/inference-api/src/main.ts');
  const env = { HOST: '127.0.0.1', PORT: '0', MODEL_REGISTRY: '.assay/registry' };
  const child = spawn(process.execPath, [main], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  try {
    let port = 0;
    for await (const text of createInterface(child.stdout)) {
      const line = JSON.parse(text) as { message: string; port?: number };
      port = line.port ?? port;
      if (line.message === 'not ready') throw new Error(text);
      if (line.message.startsWith('ready')) break;
    }
    await use(`http://127.0.0.1:${port}`);
  } finally {
    child.kill('SIGTERM');
    await exit;
  }
}

const random = seededRandom('new-system');
const near = (level: number) => Math.max(0, Math.min(255, Math.round(level + 20 * random.normal())));

describe('a sixth system', () => {
  it(
    'goes from a folder of labelled images to answers over HTTP',
    async () => {
      for (const label of ['blue', 'red']) {
        mkdirSync(join(folder, 'squares', label), { recursive: true });
        const paint = () =>
          makePng(
            32,
            32,
            label === 'red' ? [near(180), near(90), near(90)] : [near(90), near(90), near(180)],
          );
        for (let n = 0; n < 20; n++) writeFileSync(join(folder, 'squares', label, `${n}.png`), paint());
      }
      expect(assay('new', 'squares', '--task', 'image', '--data', 'squares')).toContain(
        'train configs/squares.yaml',
      );
      assay('train', 'configs/squares.yaml', 'epochs=6', 'batchSize=8', 'ema.decay=0.5', 'int8=null');
      await serving(async (url) => {
        const form = new FormData();
        form.append('data', new Blob([new Uint8Array(makePng(32, 32, [200, 80, 80]))]), 'one.png');
        const response = await fetch(`${url}/predict?model=squares`, { method: 'POST', body: form });
        expect(response.status).toBe(200);
        expect(await response.json()).toMatchObject({
          model: { name: 'squares' },
          prediction: 'red',
          top: [{ label: 'red' }, { label: 'blue' }],
        });
      });
    },
    WITHIN_MS,
  );

  it(
    'goes from a table to answers over HTTP',
    async () => {
      const rows = Array.from({ length: 200 }, () => [random.normal(), random.normal()] as const);
      const lines = rows.map(([x, y]) => `${x},${y},${x + y > 0 ? 'high' : 'low'}`);
      mkdirSync(join(folder, 'sums'));
      writeFileSync(join(folder, 'sums', 'rows.csv'), ['x,y,label', ...lines].join('\n'));
      assay('new', 'sums', '--task', 'tabular', '--data', 'sums');
      assay('train', 'configs/sums.yaml', 'epochs=30');
      await serving(async (url) => {
        const body = JSON.stringify([{ x: 2, y: 1 }, { x: -1, y: -2 }, { x: 1 }]);
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(`${url}/predict?model=sums`, { method: 'POST', body, headers });
        expect(await response.json()).toMatchObject({
          results: [
            { prediction: 'high' },
            { prediction: 'low' },
            { index: 2, problem: { code: 'invalid-features' } },
          ],
        });
      });
    },
    WITHIN_MS,
  );
});
