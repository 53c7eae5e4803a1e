import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '@assay/random';
import { recordingOutput } from '../output.ts';
import { evaluate } from './evaluate.ts';
import { predict } from './predict.ts';
import { train } from './train.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a table', () => {
  it('goes from CSV to a package that answers named features', async () => {
    const random = seededRandom('table');
    const lines = Array.from({ length: 200 }, () => {
      const [x, y] = [random.normal(), 100 + 10 * random.normal()];
      return `${x},${y},${x + (y - 100) / 10 > 0 ? 'high' : 'low'}`;
    });
    mkdirSync(join(folder, 'table'));
    writeFileSync(join(folder, 'table', 'rows.csv'), ['x,y,label', ...lines].join('\n'));
    const config = join(folder, 'table.yaml');
    writeFileSync(
      config,
      JSON.stringify({
        name: 'table',
        data: {
          reader: 'table',
          path: join(folder, 'table'),
          tables: [{ file: 'rows.csv' }],
          labelColumn: 'label',
        },
        network: { layers: [{ type: 'linear', units: '$labels' }] },
        optimiser: { type: 'adam' },
        schedule: { type: 'constant', learningRate: 0.05 },
        epochs: 10,
        batchSize: 20,
        threads: 1,
        int8: null,
        registry: join(folder, 'registry'),
      }),
    );
    const output = recordingOutput();
    await train(
      { config, settings: [], pack: true, state: join(folder, 'table-state') },
      { output, signal: new AbortController().signal },
    );
    const file = join(folder, 'rows.json');
    writeFileSync(file, JSON.stringify([{ x: 1, y: 115 }, { x: -1, y: 85 }, { x: 1 }]));
    const request = {
      files: [file],
      model: 'table',
      registries: [join(folder, 'registry')],
      top: 2,
      json: false,
    };
    const answers = recordingOutput();
    expect(await predict(request, answers)).toBe(false);
    expect(answers.lines.map((line) => line.replace(/^.*(#\d: \w+).*$/, '$1'))).toEqual([
      '#1: high',
      '#2: low',
    ]);
    expect(answers.notes[0]).toContain('missing: y');
    const measured = await evaluate(
      {
        model: 'table',
        data: join(folder, 'table', 'rows.csv'),
        labelColumn: 'label',
        registries: request.registries,
        constants: {},
        seed: 1,
        json: false,
        state: folder,
      },
      recordingOutput(),
    );
    expect(measured.metrics.accuracy).toBeGreaterThan(0.9);
  });
});
