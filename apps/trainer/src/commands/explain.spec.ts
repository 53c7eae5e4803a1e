import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePng, makeTinyPackage } from '@assay/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';

describe('assay explain', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explain-'));
    await makeTinyPackage(join(folder, 'image'));
    await makeTinyPackage(join(folder, 'table'), { kind: 'tabular' });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const run = async (...args: string[]) => {
    const output = recordingOutput();
    const signal = new AbortController().signal;
    await buildProgram({ output, signal, exit: () => undefined }).parseAsync(['explain', ...args], {
      from: 'user',
    });
    return output.lines;
  };

  it('draws the map on the image, at its size', async () => {
    const photo = join(folder, 'photo.png');
    const out = join(folder, 'map.png');
    await writeFile(
      photo,
      makePng(20, 10, (x) => (x < 5 ? [0, 0, 0] : [255, 255, 255])),
    );
    const lines = await run(photo, '--model', join(folder, 'image'), '--out', out, '--method', 'occlusion');
    expect(lines[0]).toMatch(/photo\.png: bright \(bright \d/);
    expect(lines[1]).toContain('occlusion: orange speaks for bright, blue for dark');
    const png = await readFile(out);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([20, 10]);
  });

  it('lists what each feature of each row contributes, strongest first', async () => {
    const rows = join(folder, 'rows.json');
    await writeFile(
      rows,
      JSON.stringify([
        { height: 10, width: 0 },
        { height: 9.5, width: 0.5 },
      ]),
    );
    const lines = await run(rows, '--model', join(folder, 'table'), '--label', 'large');
    expect(lines).toHaveLength(10);
    expect(lines.slice(1, 5).map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
      'training means 50.0 %',
      'height 10 +0.0',
      'width 0 +0.0',
      'large 50.0 %',
    ]);
    // Sum of the normalised features: −0.25 + 0.5.
    const [, means, first, second, score] = lines.slice(5).map((line) => line.trim().replace(/ +/g, ' '));
    expect(means).toBe('training means 50.0 %');
    expect(first).toMatch(/^width 0.5 \+/);
    expect(second).toMatch(/^height 9.5 −/);
    expect(score).toBe(`large ${(100 / (1 + Math.exp(-2))).toFixed(1)} %`);
  });

  it('says which methods and labels there are', async () => {
    const photo = join(folder, 'photo.png');
    await writeFile(photo, makePng(4, 4, [0, 0, 0]));
    const asked = (...args: string[]) => run(photo, '--model', join(folder, 'image'), ...args);
    await expect(asked('--method', 'contributions')).rejects.toThrow('cam, occlusion, rise');
    await expect(asked('--label', 'grey')).rejects.toThrow('dark, bright');
  });
});
