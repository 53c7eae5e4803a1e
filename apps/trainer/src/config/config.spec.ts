import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { merge } from './merge.ts';
import { composeConfig } from './compose.ts';
import { expandBlocks } from './expand-blocks.ts';
import { loadConfig } from './load-config.ts';
import { editDistance, nearest } from './nearest.ts';
import { applyOverrides } from './overrides.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const tableConfig = `
name: wine
data: { reader: table, path: data, tables: [{ file: a.csv }], labelColumn: quality }
network: { layers: [{ type: linear, units: $labels }] }
optimiser: { type: adamw, weightDecay: 0.1 }
schedule: { type: constant, learningRate: 0.01 }
epochs: 3
`;

describe('composition', () => {
  it('merges mappings, replaces lists, and lets later files and the file itself win', () => {
    file('base/one.yaml', 'a: { x: 1, y: 1 }\nlist: [1, 2]\nfrom: one');
    file('base/two.yaml', 'a: { y: 2 }\nfrom: two');
    const { values, origins } = composeConfig(
      file('top.yaml', 'defaults: [base/one, base/two.yaml]\na: { z: 3 }\nlist: [9]'),
    );
    expect(values).toEqual({ a: { x: 1, y: 2, z: 3 }, list: [9], from: 'two' });
    expect(origins.get('a.x')).toBe(join(folder, 'base/one.yaml'));
    expect(origins.get('a.y')).toBe(join(folder, 'base/two.yaml'));
    expect(origins.get('a.z')).toBe(join(folder, 'top.yaml'));
  });

  it('replaces a mapping by one of another kind, whose keys are others', () => {
    const base = { resize: { mode: 'shortest-side', size: 256 }, crop: { mode: 'none' } };
    const over = { resize: { mode: 'stretch', width: 64 }, crop: { background: 0 } };
    expect(merge(base, over, { source: 'over', origins: new Map() })).toEqual({
      resize: { mode: 'stretch', width: 64 },
      crop: { mode: 'none', background: 0 },
    });
  });

  it('finds the defaults of defaults beside the file that names them', () => {
    file('deep/inner/leaf.yaml', 'leaf: true');
    file('deep/middle.yaml', 'defaults: [inner/leaf]');
    expect(composeConfig(file('outer.yaml', 'defaults: [deep/middle]')).values).toEqual({ leaf: true });
  });

  it('refuses a circle, a missing file and what is not YAML', () => {
    file('a.yaml', 'defaults: [b]');
    expect(() => composeConfig(file('b.yaml', 'defaults: [a]'))).toThrow('leads back to the file itself');
    expect(() => composeConfig(join(folder, 'none.yaml'))).toThrow(
      'none.yaml: expected an existing YAML file',
    );
    expect(() => composeConfig(file('bad.yaml', 'a: [1'))).toThrow('not valid YAML');
    expect(() => composeConfig(file('list.yaml', '- 1'))).toThrow('expected a mapping');
  });
});

describe('overrides', () => {
  const apply = (values: Record<string, unknown>, ...settings: string[]) =>
    applyOverrides(values, settings, new Map());

  it('read their values as YAML', () => {
    expect(apply({ a: { b: 1 } }, 'a.b=1e-3', 'a.c=[1, 2]', 'on=true', 'none=null', 'text=abc=d')).toEqual({
      a: { b: 0.001, c: [1, 2] },
      on: true,
      none: null,
      text: 'abc=d',
    });
  });

  it('reach into lists and leave the original alone', () => {
    const values = { layers: [{ units: 1 }, { units: 2 }] };
    expect(apply(values, 'layers.1.units=5')).toEqual({ layers: [{ units: 1 }, { units: 5 }] });
    expect(values.layers[1]).toEqual({ units: 2 });
  });

  it('say what is wrong with a setting', () => {
    expect(() => apply({}, 'epochs')).toThrow('"epochs": expected key=value');
    expect(() => apply({ a: 1 }, 'a.b=2')).toThrow('"a" is a plain value and has no keys');
    expect(() => apply({ a: [1] }, 'a.7=2')).toThrow('not a position in a list of 1 entries');
  });
});

describe('a configuration', () => {
  it('fills in defaults', () => {
    const config = loadConfig(file('good.yaml', tableConfig), ['seed=7']);
    expect(config).toMatchObject({
      seed: 7,
      batchSize: 64,
      split: { validation: 0.15, test: 0.15, seed: 1 },
    });
    expect(config.optimiser).toMatchObject({ type: 'adamw', beta1: 0.9, weightDecay: 0.1 });
  });

  it('names an unknown key, its file and the key that was meant', () => {
    const path = file('typo.yaml', tableConfig.replace('weightDecay', 'weigthDecay'));
    expect(() => loadConfig(path)).toThrow(
      `optimiser.weigthDecay (${path}): unknown key; did you mean "weightDecay"?`,
    );
  });

  it('names a wrong type and says that the command line set it', () => {
    const path = file('type.yaml', tableConfig);
    expect(() => loadConfig(path, ['batchSize=big'])).toThrow(
      'batchSize (the command line): Invalid input: expected number, received string',
    );
  });

  it('lists every fault at once', () => {
    const path = file('many.yaml', tableConfig);
    expect(() => loadConfig(path, ['epochs=0', 'colour=red', 'split.test=2'])).toThrow(
      /split\.test [^]*epochs [^]*colour \(the command line\): unknown key/,
    );
  });

  it('names the choices where the kind is unknown', () => {
    const path = file('kind.yaml', tableConfig.replace('adamw', 'adamm'));
    expect(() => loadConfig(path)).toThrow(/optimiser\.type .*: expected one of sgd, adam, adamw/);
  });

  it('checks the layers of the network before any data is read', () => {
    const typo = file('layer.yaml', tableConfig.replace('units: $labels', 'unit: $labels'));
    expect(() => loadConfig(typo)).toThrow(/network\.layers\.0\.unit .*unknown key; did you mean "units"/);
    const kind = file('layers.yaml', tableConfig.replace('type: linear', 'type: lineal'));
    expect(() => loadConfig(kind)).toThrow(/network\.layers\.0\.type .*expected one of conv, .*linear/);
  });

  it('wants a view for images and none for tables', () => {
    const path = file('view.yaml', tableConfig);
    expect(() => loadConfig(path, ['view={width: 8, height: 8}'])).toThrow(
      'only a data set of images has it',
    );
    expect(() => loadConfig(path, ['data={reader: folders, path: x}'])).toThrow(
      /preprocessing .*a data set of images needs it[^]*view /,
    );
  });
});

describe('blocks', () => {
  it('puts in parameters of the network, and a block for each value of a list', () => {
    const network = {
      parameters: { hidden: [64, 32], activation: 'gelu', rate: 0.5 },
      blocks: {
        hidden: [{ type: 'linear', units: '$units' }, { type: '$activation' }, { block: 'drop', rate: 0.1 }],
        drop: [{ type: 'dropout', rate: '$rate' }],
      },
      layers: [
        { block: 'hidden', forEach: { units: '$hidden' } },
        { block: 'drop' },
        { type: 'linear', units: '$labels' },
      ],
    };
    expect(expandBlocks(network, 6)).toEqual([
      { type: 'linear', units: 64 },
      { type: 'gelu' },
      { type: 'dropout', rate: 0.1 },
      { type: 'linear', units: 32 },
      { type: 'gelu' },
      { type: 'dropout', rate: 0.1 },
      { type: 'dropout', rate: 0.5 },
      { type: 'linear', units: 6 },
    ]);
    expect(expandBlocks({ ...network, parameters: { ...network.parameters, hidden: [] } }, 6)).toHaveLength(
      2,
    );
  });

  it.each([7, { a: 3 }, { a: [1], b: [1, 2] }])('refuses a forEach that is no list: %j', (forEach) => {
    expect(() => expandBlocks({ blocks: { x: [] }, layers: [{ block: 'x', forEach }] }, 2)).toThrow(
      '"forEach" must hold lists of equal length',
    );
  });

  it('are written out with their parameters, as often as asked', () => {
    const layers = expandBlocks(
      {
        blocks: {
          unit: [{ type: 'conv', channels: '$channels' }, { type: 'relu' }],
          stage: [{ block: 'unit', channels: '$width', repeat: 2 }, { type: 'max-pool' }],
        },
        layers: [
          { block: 'stage', width: 8 },
          { type: 'linear', units: '$labels' },
        ],
      },
      5,
    );
    expect(layers).toEqual([
      { type: 'conv', channels: 8 },
      { type: 'relu' },
      { type: 'conv', channels: 8 },
      { type: 'relu' },
      { type: 'max-pool' },
      { type: 'linear', units: 5 },
    ]);
  });

  it('may stand inside residual layers', () => {
    const layers = expandBlocks(
      { blocks: { unit: [{ type: 'relu' }] }, layers: [{ type: 'residual', layers: [{ block: 'unit' }] }] },
      2,
    );
    expect(layers).toEqual([{ type: 'residual', layers: [{ type: 'relu' }] }]);
  });

  it('must be known, complete and not contain themselves', () => {
    expect(() => expandBlocks({ layers: [{ block: 'x' }] }, 2)).toThrow('block "x" is not defined');
    expect(() => expandBlocks({ layers: [{ type: 'linear', units: '$many' }] }, 2)).toThrow(
      '"$many" has no value',
    );
    expect(() => expandBlocks({ blocks: { x: [{ block: 'x' }] }, layers: [{ block: 'x' }] }, 2)).toThrow(
      'contains itself',
    );
  });
});

describe('suggestions', () => {
  it('count insertions, deletions and replacements', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('are not made for words that are nothing alike', () => {
    expect(nearest('epoch', ['epochs', 'seed'])).toBe('epochs');
    expect(nearest('zzz', ['epochs', 'seed'])).toBeUndefined();
  });
});
