import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openData } from './archive.ts';
import { datasetDigest, digestSamples } from './digest.ts';
import { labelsOf } from './labels.ts';
import { parseCsv } from './parse-csv.ts';
import { readFolders } from './read-folders.ts';
import { readLabelledFiles } from './read-labelled-files.ts';
import { readTables } from './read-tables.ts';
import type { ListedImage, Sample } from './sample.ts';
import { splitFaults, splitSamples } from './split.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-data-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('CSV', () => {
  it('may quote separators, quotes and line breaks, and end its lines either way', () => {
    const { columns, rows } = parseCsv('\uFEFFa, b\r\n"x, ""y""\nz",1\r\n\r\n2, 3');
    expect(columns).toEqual(['a', 'b']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      { a: 'x, "y"\nz', b: '1' },
      { a: '2', b: '3' },
    ]);
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
  });

  it('takes another separator', () => {
    expect(parseCsv('a;b\n1;2', ';').rows[0]?.cells).toEqual({ a: '1', b: '2' });
  });
});

describe('class folders', () => {
  it('give every visible file its folder as label', async () => {
    for (const name of ['cat/1.png', 'cat/more/2.png', 'dog/1.png', 'dog/.hidden'])
      write(`pets/${name}`, name);
    const { samples, faults } = await readFolders(join(folder, 'pets'));
    expect(faults).toEqual([]);
    expect(samples.map(({ path, label }) => [path.slice(folder.length + 6), label])).toEqual([
      ['cat/1.png', 'cat'],
      ['cat/more/2.png', 'cat'],
      ['dog/1.png', 'dog'],
    ]);
  });

  it('may be links, or hold links, into a store; a link to nothing is a fault', async () => {
    for (const name of ['store/x', 'store/y', 'store/cats/1', 'linked/dog/.keep']) write(name, name);
    symlinkSync(join(folder, 'store/cats'), join(folder, 'linked/cat'));
    symlinkSync(join(folder, 'store/x'), join(folder, 'linked/dog/1.png'));
    symlinkSync(join(folder, 'store/gone'), join(folder, 'linked/dog/2.png'));
    const { samples } = await readFolders(join(folder, 'linked'));
    expect(samples.map(({ path, label }) => [path.slice(folder.length + 8), label])).toEqual([
      ['cat/1', 'cat'],
      ['dog/1.png', 'dog'],
      ['dog/2.png', 'dog'],
    ]);
    const { faults } = await digestSamples(samples);
    expect(faults).toEqual([expect.stringMatching(/dog\/2\.png: cannot be read \(ENOENT\)$/)]);
  });

  it('may come parted', async () => {
    for (const name of ['train/a/1', 'train/b/1', 'test/a/2', 'test/b/2']) write(`parted/${name}`, name);
    const { samples } = await readFolders(join(folder, 'parted'), { train: 'train', test: 'test' });
    expect(samples.map(({ label, given }) => `${label} ${given}`)).toEqual([
      'a train',
      'b train',
      'a test',
      'b test',
    ]);
  });

  it('report an empty class and a folder without classes', async () => {
    mkdirSync(join(folder, 'thin/none'), { recursive: true });
    const { faults } = await readFolders(join(folder, 'thin'));
    expect(faults).toEqual([
      `${join(folder, 'thin/none')}: the folder of class "none" is empty`,
      `${join(folder, 'thin')}: expected one folder of images per class`,
    ]);
  });
});

describe('files named in a table', () => {
  const options = { table: 'train.csv', file: 'images/{id}.jpg', labelColumn: 'species', separator: ',' };

  it('are found by their columns, and missing ones are listed with the line that names them', async () => {
    write('leaves/images/1.jpg', 'one');
    write('leaves/train.csv', 'id,species\n1,oak\n2,elm\n3,\n');
    const root = join(folder, 'leaves');
    const { samples, faults } = await readLabelledFiles(root, options);
    expect(samples).toEqual([{ kind: 'image', path: join(root, 'images/1.jpg'), label: 'oak' }]);
    expect(faults).toEqual([
      `${join(root, 'images/2.jpg')}: the file is missing (named by ${join(root, 'train.csv')}:3)`,
      `${join(root, 'train.csv')}:4: the label is empty`,
    ]);
  });

  it('need their columns', async () => {
    write('wrong/train.csv', 'name,species\n1,oak\n');
    const { faults } = await readLabelledFiles(join(folder, 'wrong'), options);
    expect(faults).toEqual([
      `${join(folder, 'wrong/train.csv')}: no column "id"; columns are: name, species`,
    ]);
  });
});

describe('tables', () => {
  it('join files with features that are constant in each', async () => {
    write('wine/red.csv', 'acid,quality\n1.5,5\n');
    write('wine/white.csv', 'acid,quality\n2.5,6\n');
    const { samples, features, faults } = await readTables(join(folder, 'wine'), {
      tables: [
        { file: 'red.csv', constants: { white: 0 } },
        { file: 'white.csv', constants: { white: 1 } },
      ],
      labelColumn: 'quality',
      separator: ',',
    });
    expect(faults).toEqual([]);
    expect(features).toEqual(['acid', 'white']);
    expect(samples.map(({ label, features: row }) => [label, ...row])).toEqual([
      ['5', 1.5, 0],
      ['6', 2.5, 1],
    ]);
  });

  it('list every cell that is not a number and every short row', async () => {
    const path = write('bad/a.csv', 'x,y,label\n1,,a\nNaN,2,b\n1,2\n');
    const { samples, faults } = await readTables(join(folder, 'bad'), {
      tables: [{ file: 'a.csv', constants: {} }],
      labelColumn: 'label',
      separator: ',',
    });
    expect(samples).toEqual([]);
    expect(faults).toEqual([
      `${path}:2: "y" must be a number, received ""`,
      `${path}:3: "x" must be a number, received "NaN"`,
      `${path}:4: expected 3 cells, received 2`,
    ]);
  });
});

describe('an archive', () => {
  it('is unpacked once, and its single folder is the data', async () => {
    write('archive/set/a/1.txt', 'one');
    const archive = join(folder, 'set.tar.gz');
    execFileSync('tar', ['-czf', archive, '-C', join(folder, 'archive'), 'set']);
    const state = join(folder, 'state');
    const root = await openData(archive, state);
    expect(readdirSync(root)).toEqual(['a']);
    writeFileSync(join(root, 'mark'), '');
    expect(await openData(archive, state)).toBe(root);
    expect(readdirSync(root)).toContain('mark');
    expect(readdirSync(join(state, 'data'))).toHaveLength(1);
  });

  it('that is none is refused and leaves nothing behind', async () => {
    const archive = write('broken.tar.gz', 'not a tar');
    const state = join(folder, 'state-broken');
    await expect(openData(archive, state)).rejects.toThrow('cannot be unpacked');
    expect(readdirSync(join(state, 'data'))).toEqual([]);
    await expect(openData(join(folder, 'nowhere'), state)).rejects.toThrow('There is no data at');
  });
});

function sample(digest: string, label: string, given?: 'train' | 'test'): Sample<ListedImage> {
  return { kind: 'image', path: `${label}/${digest}`, label, digest, ...(given ? { given } : {}) };
}

describe('the split', () => {
  const samples = ['a', 'b'].flatMap((label) =>
    Array.from({ length: 40 }, (_, index) => sample(`${label}${index}`, label)),
  );
  const options = { validation: 0.25, test: 0.1, seed: 1 };
  const digests = (part: readonly Sample[]) => part.map(({ digest }) => digest).sort();

  it('takes its share of each class', () => {
    const split = splitSamples(samples, options);
    const count = (part: readonly Sample[], label: string) =>
      part.filter((one) => one.label === label).length;
    for (const label of ['a', 'b'])
      expect([count(split.train, label), count(split.validation, label), count(split.test, label)]).toEqual([
        26, 10, 4,
      ]);
  });

  it('depends on content and seed, not on names or order', () => {
    const renamed = [...samples].reverse().map((one) => ({ ...one, path: `elsewhere/${one.digest}` }));
    expect(digests(splitSamples(renamed, options).test)).toEqual(
      digests(splitSamples(samples, options).test),
    );
    expect(digests(splitSamples(samples, { ...options, seed: 2 }).test)).not.toEqual(
      digests(splitSamples(samples, options).test),
    );
  });

  it('keeps equal files in one part', () => {
    const doubled = [...samples, ...samples.map((one) => ({ ...one, path: `${one.path} (copy)` }))];
    const split = splitSamples(doubled, options);
    const parts = [split.train, split.validation, split.test].map((part) => new Set(digests(part)));
    expect(parts.reduce((sum, part) => sum + part.size, 0)).toBe(samples.length);
  });

  it('leaves out training samples that are in the given test part', () => {
    const given = [
      ...samples.map((one) => ({ ...one, given: 'train' as const })),
      sample('a0', 'a', 'test'),
      sample('x', 'b', 'test'),
    ];
    const split = splitSamples(given, options);
    expect(digests(split.leaked)).toEqual(['a0']);
    expect(digests(split.test)).toEqual(['a0', 'x']);
    expect(split.train).toHaveLength(79 - split.validation.length);
  });

  it('reports classes that a part lacks and labels that are not wanted', () => {
    const split = splitSamples([...samples, sample('c0', 'c')], options);
    expect(splitFaults(split, ['a', 'b', 'c'])).toEqual([
      'class "c" has no validation sample',
      'class "c" has no test sample',
    ]);
    expect(splitFaults(split, ['a', 'b'])).toEqual(['class "c" is not one of the labels: a, b']);
  });
});

describe('the digest of a data set', () => {
  it('does not depend on order or names but on content and labels', () => {
    const one = datasetDigest([sample('1', 'a'), sample('2', 'b')]);
    expect(datasetDigest([{ ...sample('2', 'b'), path: 'x' }, sample('1', 'a')])).toBe(one);
    expect(datasetDigest([sample('1', 'a'), sample('2', 'a')])).not.toBe(one);
  });

  it('reports files that cannot be read and empty ones', async () => {
    const empty = write('digest/empty', '');
    const { faults } = await digestSamples([
      { kind: 'image', path: empty, label: 'a' },
      { kind: 'image', path: join(folder, 'digest/none'), label: 'a' },
    ]);
    expect(faults.sort()).toEqual([
      `${empty}: the file is empty`,
      `${join(folder, 'digest/none')}: cannot be read (ENOENT)`,
    ]);
  });
});

describe('labels', () => {
  it('are sorted as numbers where all are numbers', () => {
    const rows = ['10', '9', '3'].map((label) => sample(label, label));
    expect(labelsOf(rows)).toEqual(['3', '9', '10']);
    expect(labelsOf([...rows, sample('x', 'x')])).toEqual(['10', '3', '9', 'x']);
  });
});
