import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { makePng } from '@assay/testing';
import { GraphBuilder } from '@assay/onnx-graph';
import { askGreen, folder, greenModel, pixels, request, rows, run } from './import.fixture.ts';

/** `count` images of each label; those of "dark" have green below 50, of "bright" above. */
function samples(name: string, count: number): string {
  const random = seededRandom(name);
  for (let n = 0; n < count; n++)
    for (const [label, from] of [
      ['dark', 0],
      ['bright', 50],
    ] as const) {
      const file = join(folder, name, label, `${n}.png`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(
        file,
        makePng(4, 4, [random.integer(256), from + random.integer(50), random.integer(256)]),
      );
    }
  return join(folder, name);
}

describe('labelled samples', () => {
  it('calibrate an imported model, gate it and measure it', async () => {
    const what = request(greenModel(), pixels, { positive: 'bright', samples: samples('many', 180) });
    const { manifest, card } = await run(what);
    // Never in the wrong order, and far too unsure of it: logits of half a unit or less.
    expect(manifest.metrics.auroc).toBe(1);
    expect(manifest.metrics.accuracy).toBeGreaterThan(0.97);
    expect(manifest.calibration.temperature).toBeLessThan(0.5);
    expect(manifest.scopeGate).toMatchObject({ coverage: 0.995 });
    expect(manifest.evaluation?.rows).toBe(126);
    expect(manifest.provenance).toMatchObject({
      samples: {
        name: 'many',
        counts: { train: { dark: 54 }, validation: { dark: 63 }, test: { bright: 63 } },
      },
    });
    const text = await card();
    for (const part of [
      'Labelled samples `many`',
      '## Figures on the test part',
      'figures/reliability.svg',
      '`out-of-scope`',
    ])
      expect(text).toContain(part);
    const { answer } = await askGreen(what.name, 40);
    expect(answer.scope).toMatchObject({ inside: true });
    expect((await askGreen(what.name, 255)).answer.decision).toBe('out-of-scope');
  });

  it('of a few fit no gate', async () => {
    const { manifest } = await run(request(greenModel(), pixels, { samples: samples('few', 20) }));
    expect(manifest.scopeGate).toBeUndefined();
    expect(manifest.metrics.accuracy).toBe(1);
  });

  it('of a table name their column', async () => {
    const graph = new GraphBuilder();
    graph.op('Mul', [graph.input('x', ['N', 2]), graph.float(3)], {}, { output: 'y' });
    graph.output('y', ['N', 2]);
    const random = seededRandom('rows');
    const lines = Array.from({ length: 60 }, () => {
      const [x, y] = [random.normal(), random.normal()];
      return `${x},${y},${x > y ? 'dark' : 'bright'}`;
    });
    const file = join(folder, 'rows.csv');
    writeFileSync(file, ['x,y,label', ...lines].join('\n'));
    const what = request(graph.build(), rows, { samples: file, labelColumn: 'label' });
    expect((await run(what)).manifest.metrics.accuracy).toBe(1);
    await expect(run(request(graph.build(), rows, { samples: file }))).rejects.toThrow('--label-column');
  });

  it('are refused with every fault, and nothing is written', async () => {
    const path = samples('faulty', 6);
    writeFileSync(join(path, 'dark', '1.png'), 'no image');
    const what = request(greenModel(), pixels, { samples: path });
    await expect(run(what)).rejects.toThrow(/1 fault\(s\)[^]*dark\/1\.png/);
    const other = samples('strangers', 6);
    mkdirSync(join(other, 'dim'));
    writeFileSync(join(other, 'dim', '1.png'), makePng(4, 4, [0, 0, 0]));
    await expect(run(request(greenModel(), pixels, { samples: other }))).rejects.toThrow(
      'class "dim" is not one of the labels: dark, bright',
    );
  });
});
