import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { makePng, type Rgb } from '@assay/testing';
import { loadConfig } from '../config/load-config.ts';
import { loadDatasetConfig } from '../data-store/dataset-config.ts';
import { recordingOutput } from '../output.ts';
import { expectedImages, imageRecipe } from './image-recipe.ts';
import { newSystem, type NewSystemRequest } from './new-system.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-new-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const configs = join(folder, 'configs');

/** Images of one colour each, by their path below the folder. */
function paint(
  name: string,
  files: Readonly<Record<string, [width: number, height: number, colour: Rgb]>>,
): string {
  for (const [path, image] of Object.entries(files)) {
    const file = join(folder, name, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, makePng(...image));
  }
  return join(folder, name);
}

function table(name: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(folder, name));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), text);
  return join(folder, name);
}

async function make(request: Partial<NewSystemRequest> & Pick<NewSystemRequest, 'name' | 'task'>) {
  const output = recordingOutput();
  const files = await newSystem({ configs, state: folder, ...request }, output);
  return { files, output, config: loadConfig(files.config) };
}

const three = (label: string, width: number, height: number, colour: Rgb) =>
  Object.fromEntries(
    [1, 2, 3].map((n) => [`${label}/${n}.png`, [width, height, colour] as [number, number, Rgb]]),
  );

describe('a new system of images', () => {
  it('gets a recipe that fits its labels, sizes and colours', async () => {
    const data = paint('fruit', {
      ...three('apple', 90, 70, [255, 0, 51]),
      ...three('pear', 70, 100, [0, 255, 51]),
    });
    const { config, files, output } = await make({ name: 'fruit', task: 'image', data });
    expect(config).toMatchObject({
      name: 'fruit',
      data: { reader: 'folders', path: data },
      preprocessing: {
        colour: 'rgb',
        resize: { mode: 'shortest-side', size: 72 },
        crop: { mode: 'centre', width: 64, height: 64 },
        normalise: { mean: [0.5, 0.5, 0.2], std: [0.5, 0.5, 0.05] },
      },
      view: { width: 64, height: 64, resize: { size: 80 } },
      epochs: 100,
    });
    expect(readFileSync(files.config, 'utf8')).toContain('# positiveLabel: pear');
    expect(loadDatasetConfig('fruit', join(configs, 'data'))).toMatchObject({
      target: '.assay/datasets/fruit',
      sources: [{ type: 'url', url: `file://${data}` }],
    });
    expect(output.notes).toEqual(['6 images of 2 labels, mostly 70 pixels on the shorter side.']);
    expect(output.lines.join('\n')).toMatch(
      /data stats .*fruit\.yaml\n.*train .*fruit\.yaml\n.*npm start\n.*predict\?model=fruit/,
    );
  });

  it('sees squares whole, grey ones as such, and given parts', async () => {
    const parts = ['train', 'test'].flatMap((part) => [
      ...Object.entries(three(`${part}/a`, 40, 40, [10, 10, 10])),
      ...Object.entries(three(`${part}/b`, 40, 40, [200, 200, 200])),
    ]);
    const { config } = await make({
      name: 'greys',
      task: 'image',
      data: paint('greys', Object.fromEntries(parts)),
    });
    expect(config.data).toMatchObject({ train: 'train', test: 'test' });
    expect(config.preprocessing).toMatchObject({
      colour: 'grey',
      resize: { mode: 'stretch', width: 32, height: 32 },
      crop: { mode: 'none' },
    });
    expect(config.preprocessing?.normalise.mean).toEqual([0.412]);
  });

  it.each([20, 32, 64, 100, 500])(
    'has a network that ends in a map of some places for sides of %i',
    (side) => {
      const path = join(folder, `side-${side}.yaml`);
      writeFileSync(
        path,
        imageRecipe({ name: 'sides', path: 'data' }, { ...expectedImages, side, labels: ['a', 'b', 'c'] }),
      );
      const { view } = loadConfig(path);
      expect(view?.width).toBe(
        Math.max(32, Math.min(128, side < 64 ? 32 : side < 96 ? 64 : side < 128 ? 96 : 128)),
      );
    },
  );

  it('can be written before there is data', async () => {
    const { config, output } = await make({ name: 'later', task: 'image' });
    expect(config.data.path).toBe('data/later');
    expect(output.lines.join('\n')).toContain('put a folder of images per label into data/later');
  });

  it('is refused with every fault of its data, and nothing is written', async () => {
    const data = paint('faulty', { ...three('a', 8, 8, [1, 2, 3]), 'b/1.png': [8, 8, [0, 0, 0]] });
    writeFileSync(join(data, 'a', '2.png'), 'no image');
    await expect(make({ name: 'faulty', task: 'image', data })).rejects.toThrow(
      /2 fault\(s\)[^]*a\/2\.png[^]*label "b" has 1 image/,
    );
    expect(existsSync(join(configs, 'faulty.yaml'))).toBe(false);
  });
});

describe('a new system of a table', () => {
  const rows = 'id;y;colour;quality\n1;9.5;red;5\n2;10.5;red;6\n3;11;white;5\n';

  it('gets a recipe that fits its columns', async () => {
    const data = table('wines', { 'a.csv': rows, 'b.csv': rows });
    const { config, output } = await make({ name: 'wines', task: 'tabular', data });
    expect(config.data).toEqual({
      reader: 'table',
      path: data,
      tables: [
        { file: 'a.csv', constants: {} },
        { file: 'b.csv', constants: {} },
      ],
      labelColumn: 'quality',
      features: ['y'],
      separator: ';',
    });
    expect(output.notes).toEqual([
      '6 rows, 1 features, 2 labels in the column "quality".',
      'Column "id" is left out: it names the row.',
      'Column "colour" is left out: "red" is no number.',
    ]);
  });

  it('takes one file, and the column that is named or the last', async () => {
    const data = join(
      table('plain', { 'x.csv': 'a,b,c\n1,0,u\n2,1,v\n3,0,u\n4,1,v\n5,0,u\n6,1,v\n' }),
      'x.csv',
    );
    const last = await make({ name: 'last', task: 'tabular', data });
    expect(last.config.data).toMatchObject({ labelColumn: 'c', path: join(folder, 'plain') });
    expect(last.config.data).not.toHaveProperty('features', expect.anything());
    const named = await make({ name: 'named', task: 'tabular', data, label: 'b' });
    expect(named.config.data).toMatchObject({ labelColumn: 'b', features: ['a'] });
  });

  it('can be written before there is data', async () => {
    const { config } = await make({ name: 'rows-later', task: 'tabular' });
    expect(config.data).toMatchObject({ path: 'data/rows-later', tables: [{ file: 'table.csv' }] });
  });

  it.each([
    ['no such folder', undefined, {}, /no folder at/],
    ['no CSV', { 'a.txt': '' }, {}, /expected a \.csv file/],
    [
      'other columns',
      { 'a.csv': 'a,y\n1,2\n', 'b.csv': 'b,y\n1,2\n' },
      {},
      /b\.csv: expected the columns a, y, received b, y/,
    ],
    [
      'no such label',
      { 'a.csv': 'a,y\n1,2\n' },
      { label: 'z' },
      /no column "z" \(--label\); columns are: a, y/,
    ],
    ['one label', { 'a.csv': 'a,y\n1,2\n' }, {}, /holds 1 label/],
    ['no numbers', { 'a.csv': 'a,y\nu,1\nv,2\n' }, {}, /no column holds numbers/],
    [
      'measurements for labels',
      { 'a.csv': 'a,y\n1,1\n1,2\n1,3\n' },
      {},
      /"y" holds 3 different values in 3 rows, too many/,
    ],
  ])('is refused for %s', async (what, files, more, message) => {
    const name = what.toLowerCase().replaceAll(' ', '-');
    const data = files ? table(name, files) : join(folder, name);
    await expect(make({ name, task: 'tabular', data, ...more })).rejects.toThrow(message);
    expect(existsSync(join(configs, `${name}.yaml`))).toBe(false);
  });
});

describe('the name of a new system', () => {
  it('must be one, and free', async () => {
    await expect(make({ name: 'Not One', task: 'image' })).rejects.toThrow('cannot name a system');
    await make({ name: 'twice', task: 'image' });
    await expect(make({ name: 'twice', task: 'tabular' })).rejects.toThrow('exist(s) already');
  });
});
