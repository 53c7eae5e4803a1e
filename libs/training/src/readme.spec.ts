import { readFileSync } from 'node:fs';
import { openSession } from '@assay/model-runtime';
import { describe, expect, it } from '@jest/globals';
import * as training from './index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README example', () => {
  it('runs as printed and learns the exclusive or', async () => {
    const code = /```ts\n([\s\S]+?)```/.exec(readme)?.[1] ?? '';
    const body = code.replace(/import \{([^}]+)\} from '@assay\/training';/, 'const {$1} = training;');
    const AsyncFunction = (async () => undefined).constructor as FunctionConstructor;
    const run = new AsyncFunction('training', `${body}\nreturn model;`) as unknown as (
      library: typeof training,
    ) => Promise<Uint8Array>;
    const session = await openSession(await run(training));
    const results = await session.run({
      input: { type: 'float32', shape: [4, 2], data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1) },
    });
    await session.close();
    const logits = results.logits!.data as Float32Array;
    const answers = [0, 1, 2, 3].map((row) => Number(logits[2 * row + 1]! > logits[2 * row]!));
    expect(answers).toEqual([0, 1, 1, 0]);
  });
});
