import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { GraphBuilder, sumModel } from '@assay/testing';
import { openSession } from './session.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-optimised-'));
const model = join(folder, 'model.onnx');
const optimisedGraphs = join(folder, 'kept');
writeFileSync(model, sumModel(3));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files below the folder of kept graphs. */
const keptFiles = () =>
  readdirSync(optimisedGraphs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function answer(path: string, kept = optimisedGraphs): Promise<number[]> {
  const session = await openSession(path, { optimisedGraphs: kept });
  const [input] = session.inputs;
  const feeds = {
    [input!.name]: { type: 'float32', shape: [1, 3], data: Float32Array.of(1, 2, 4) },
  } as const;
  const { logits } = await session.run(feeds, ['logits']);
  await session.close();
  return Array.from(logits!.data as Float32Array);
}

describe('graphs that are kept as they were fitted to the machine', () => {
  it('answer as the model does, from one file that is made the first time', async () => {
    const plain = await openSession(model);
    const [input] = plain.inputs;
    const { logits } = await plain.run({
      [input!.name]: { type: 'float32', shape: [1, 3], data: Float32Array.of(1, 2, 4) },
    });
    await plain.close();
    const first = await answer(model);
    const [kept, ...others] = keptFiles();
    expect(others).toEqual([]);
    const content = readFileSync(kept!);
    expect(await answer(model)).toEqual(first);
    expect(first).toEqual(Array.from(logits!.data as Float32Array));
    expect(readFileSync(kept!)).toEqual(content);
  });

  it('are what is opened the next time', async () => {
    const graph = new GraphBuilder();
    const x = graph.input('input', ['N', 3]);
    graph.op('Neg', [x], {}, { output: 'logits' });
    graph.output('logits', ['N', 3]);
    const [kept] = keptFiles();
    writeFileSync(kept!, graph.build());
    expect(await answer(model)).toEqual([-1, -2, -4]);
  });

  it('are made anew when the model changes, or when what was kept is damaged', async () => {
    const [before] = keptFiles();
    writeFileSync(before!, 'half a file');
    const whole = await answer(model);
    expect(whole).not.toEqual([-1, -2, -4]);
    writeFileSync(model, sumModel(3, 7));
    expect(await answer(model)).not.toEqual(whole);
    expect(keptFiles()).toHaveLength(2);
  });

  it('are done without where they cannot be written', async () => {
    const taken = join(folder, 'a-file');
    writeFileSync(taken, '');
    expect(await answer(model, taken)).toEqual(await answer(model));
  });

  it('do not hide that a model is missing or cannot be loaded', async () => {
    await expect(openSession(join(folder, 'none.onnx'), { optimisedGraphs })).rejects.toMatchObject({
      code: 'invalid-model',
    });
    writeFileSync(join(folder, 'text.onnx'), 'text');
    await expect(openSession(join(folder, 'text.onnx'), { optimisedGraphs })).rejects.toMatchObject({
      code: 'invalid-model',
    });
  });
});
