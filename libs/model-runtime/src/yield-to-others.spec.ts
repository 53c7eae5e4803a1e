import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { GraphBuilder } from '@assay/testing';
import { openModelPool } from './model-pool.ts';

/** Niceness of this process's threads, by thread. */
function niceness(): Map<string, number> {
  return new Map(
    readdirSync('/proc/self/task').map((thread) => {
      // The second field, the thread's name, may hold spaces: count after its closing bracket.
      const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return [thread, Number(fields[16])];
    }),
  );
}

(platform() === 'linux' ? it : it.skip)('threads of sessions yield to the event loop', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yield-'));
  const graph = new GraphBuilder();
  graph.op('Identity', [graph.input('x', ['N', 1])], {}, { output: 'y' });
  graph.output('y', ['N', 1]);
  const model = join(folder, 'identity.onnx');
  await writeFile(model, graph.build());
  const before = niceness();
  const own = before.get(String(process.pid)) ?? 0;
  const pool = await openModelPool({ model, workers: 1 });
  const after = niceness();
  const nicer = [...after].filter(([thread, nice]) => !before.has(thread) && nice > own);
  await pool.close();
  await rm(folder, { recursive: true });
  expect(after.get(String(process.pid)) ?? 0).toBe(own);
  expect(nicer.length).toBeGreaterThanOrEqual(1);
});
