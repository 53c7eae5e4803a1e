import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { loadConfig } from '../config/load-config.ts';
import { recordingOutput } from '../output.ts';
import { partData } from './part-data.ts';
import { prepareData } from './prepare-data.ts';
import { splitNames } from './sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-layouts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const configs = resolve(__dirname, '../../../../configs');
const random = seededRandom('layouts');

async function paint(path: string, size: { width: number; height: number; channels?: 1 | 3 }): Promise<void> {
  const { width, height, channels = 3 } = size;
  const data = Uint8Array.from({ length: width * height * channels }, () => random.integer(256));
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), await encodeImage({ width, height, channels, data }, 'jpeg'));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const context = () => ({ state: join(folder, 'state'), output: recordingOutput() });

describe('the layout of', () => {
  it('"detect-ai-vs-human-generated-images": train.csv with an index, the file name, and 0 or 1', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `${index},train_data/${index}a.jpg,${index % 2}`);
    write('kaggle/train.csv', `,file_name,label\n${rows.join('\n')}\n`);
    for (let index = 0; index < 40; index++)
      await paint(`kaggle/train_data/${index}a.jpg`, { width: 24, height: 24 });
    const config = loadConfig(join(configs, 'ai-vs-real.yaml'), [
      `data={reader: csv, path: ${join(folder, 'kaggle')}, table: train.csv, file: "{file_name}", labels: {0: authentic, 1: ai-generated}}`,
    ]);
    const { faults, labels, split } = await partData(config, context());
    expect(faults).toEqual([]);
    expect(labels).toEqual(['authentic', 'ai-generated']);
    const all = splitNames.flatMap((name) => split[name]);
    expect(all).toHaveLength(40);
    for (const { path, label } of all)
      expect(label).toBe(
        Number.parseInt(path.split('/').at(-1)!, 10) % 2 === 1 ? 'ai-generated' : 'authentic',
      );
  });

  it('CIFAKE: train/{REAL,FAKE} and test/{REAL,FAKE}, with the test part as it is given', async () => {
    for (const part of ['train', 'test'])
      for (const label of ['REAL', 'FAKE'])
        for (let index = 0; index < (part === 'train' ? 12 : 3); index++)
          await paint(`cifake/${part}/${label}/${index.toString().padStart(4, '0')}.jpg`, {
            width: 32,
            height: 32,
          });
    const config = loadConfig(join(configs, 'cifake.yaml'), [`data.path=${join(folder, 'cifake')}`]);
    const data = await prepareData(config, context());
    await data.batches.close();
    expect(data.labels).toEqual(['REAL', 'FAKE']);
    expect(data.counts).toEqual({
      train: { REAL: 10, FAKE: 10 },
      validation: { REAL: 2, FAKE: 2 },
      test: { REAL: 3, FAKE: 3 },
    });
    expect(data.networkInput).toEqual({ kind: 'image', width: 32, height: 32, channels: 3 });
  });

  it('leaf classification: train.csv with id and species, images/<id>.jpg of many sizes, in an archive', async () => {
    const species = ['Acer_Opalus', 'Quercus_Alnifolia', 'Tilia_Oliveri'];
    const rows = Array.from({ length: 27 }, (_, index) => `${3 * index + 1},${species[index % 3]}`);
    write('leaf/train.csv', `id,species\n${rows.join('\n')}\n`);
    for (let index = 0; index < 27; index++)
      await paint(`leaf/images/${3 * index + 1}.jpg`, {
        width: 40 + random.integer(60),
        height: 40 + random.integer(60),
        channels: 1,
      });
    const archive = join(folder, 'leaf.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', folder, 'leaf']);
    const config = loadConfig(join(configs, 'leaves.yaml'), [`data.path=${archive}`]);
    const data = await prepareData(config, context());
    await data.batches.close();
    expect(data.labels).toEqual(species);
    for (const label of species)
      expect(splitNames.reduce((sum, name) => sum + (data.counts[name][label] ?? 0), 0)).toBe(9);
  });
});

describe('a data set with every fault', () => {
  it('is refused in one error that names each with its place, and nothing is written', async () => {
    for (const index of [1, 2, 3, 4, 5, 6])
      await paint(`faulty/images/${index}.jpg`, { width: 20, height: 20 });
    write('faulty/images/7.jpg', 'not an image');
    write('faulty/images/8.jpg', '');
    write('faulty/train.csv', 'id,species\n1,a\n2,a\n3,a\n4,b\n5,b\n6,b\n7,a\n8,b\n9,a\n10\n2,b\n3,c\n4,\n');
    const root = join(folder, 'faulty');
    const config = loadConfig(join(configs, 'leaves.yaml'), [
      `data.path=${root}`,
      'data.labels={a: oak, b: elm, d: ash}',
    ]);
    const place = { ...context(), state: join(folder, 'untouched') };
    const refused = await prepareData(config, place).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'invalid-dataset' });
    const { faults } = (refused as { extensions: { faults: string[] } }).extensions;
    const table = join(root, 'train.csv');
    const image = (id: number) => join(root, 'images', `${id}.jpg`);
    expect(faults).toEqual([
      `${image(9)}: the file is missing (named by ${table}:10)`,
      `${table}:11: expected 2 cells, received 1`,
      `${table}:12: names ${image(2)} again, as line 3 does`,
      `${table}:13: names ${image(3)} again, as line 4 does`,
      `${table}:14: the label is empty`,
      `${image(8)}: the file is empty`,
      expect.stringContaining(`${image(7)}: `),
      expect.stringContaining(`${image(8)}: `),
    ]);
    expect(existsSync(place.state) ? readdirSync(place.state) : []).toEqual([]);
  });

  it('names columns that are missing or there twice, labels without a name, and numbers that are none', async () => {
    write('columns/train.csv', 'id,id,kind\n1,1,a\n');
    const columns = join(folder, 'columns');
    const leaves = loadConfig(join(configs, 'leaves.yaml'), [`data.path=${columns}`]);
    expect((await partData(leaves, context())).faults.slice(0, 2)).toEqual([
      `${join(columns, 'train.csv')}: no column "species"; columns are: id, id, kind`,
      `${join(columns, 'train.csv')}: more than one column is named "id"`,
    ]);
    write('rows/red.csv', 'acid,quality\n1,5\nInfinity,6\n-1e999,6\n2,7\n');
    const rows = join(folder, 'rows');
    const red = join(rows, 'red.csv');
    const wine = loadConfig(join(configs, 'wine.yaml'), [
      `data={reader: table, path: ${rows}, tables: [{ file: red.csv }], labelColumn: quality, labels: {5: poor, 6: good}}`,
    ]);
    expect((await partData(wine, context())).faults).toEqual(
      expect.arrayContaining([
        `${red}:3: "acid" must be a number, received "Infinity"`,
        `${red}:4: "acid" must be a number, received "-1e999"`,
        `${red}:5: the label "7" is not one of data.labels: 5, 6`,
      ]),
    );
  });

  it('of which a class is in one part only is refused by the name of the part', async () => {
    for (const part of ['train', 'test'])
      for (const label of ['REAL', ...(part === 'test' ? ['FAKE'] : [])])
        for (let index = 0; index < 6; index++)
          await paint(`lopsided/${part}/${label}/${index}.jpg`, { width: 32, height: 32 });
    const config = loadConfig(join(configs, 'cifake.yaml'), [`data.path=${join(folder, 'lopsided')}`]);
    await expect(prepareData(config, context())).rejects.toThrow('class "FAKE" has no train sample');
  });
});
