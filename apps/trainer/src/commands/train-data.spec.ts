import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeImage } from '@assay/preprocessing';
import { seededRandom } from '@assay/random';
import { parseState } from '@assay/training';
import { parse } from 'yaml';
import { recordingOutput } from '../output.ts';
import { trainCommand } from './train.command.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-train-data-'));
const config = join(folder, 'pets.yaml');

beforeAll(async () => {
  const random = seededRandom('pets');
  for (const label of ['cat', 'dog'])
    for (let index = 0; index < 30; index++) {
      const data = Uint8Array.from({ length: 8 * 8 * 3 }, () => random.integer(256));
      mkdirSync(join(folder, 'pets', label), { recursive: true });
      const bytes = await encodeImage(
        { width: 8, height: 8, channels: 3, data },
        label === 'cat' ? 'png' : 'jpeg',
      );
      writeFileSync(join(folder, 'pets', label, `${index}`), bytes);
    }
  const leaky = {
    name: 'pets',
    data: { reader: 'folders', path: join(folder, 'pets') },
    preprocessing: {
      kind: 'image',
      resize: { mode: 'none' },
      crop: { mode: 'none' },
      normalise: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
    view: { width: 8, height: 8 },
    network: { layers: [{ type: 'flatten' }, { type: 'linear', units: '$labels' }] },
    optimiser: { type: 'adamw' },
    schedule: { type: 'constant', learningRate: 0.01 },
    epochs: 2,
    batchSize: 8,
    threads: 1,
  };
  writeFileSync(config, JSON.stringify(leaky));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function assayTrain(state: string, ...args: string[]): Promise<{ run: string; notes: string[] }> {
  const output = recordingOutput();
  const context = { output, signal: new AbortController().signal, exit: () => undefined };
  const common = ['--no-package', '--state', join(folder, state)];
  await trainCommand(context).parseAsync([...args, ...common], { from: 'user' });
  const runs = join(folder, state, 'runs');
  return { run: join(runs, readdirSync(runs).sort().at(-1)!), notes: output.notes };
}

/** Training steps behind the weights of a run. */
function stepsOf(run: string): number {
  const text = readFileSync(join(run, 'progress.json'), 'utf8');
  const { stateFile } = JSON.parse(text) as { stateFile: string };
  return parseState(new Uint8Array(readFileSync(join(run, stateFile)))).step;
}

const allowed = 'data.allowLeaks=[format, jpegQuality, chromaSubsampling, fileSize]';

describe('a data set whose files give the class away', () => {
  it('is not trained on, and every property that does is named', async () => {
    const attempt = assayTrain('refused', config);
    await expect(attempt).rejects.toMatchObject({ code: 'invalid-dataset' });
    await expect(attempt).rejects.toThrow(
      /leak: format tells [^]*png: 30 of 30 files[^]*allowLeaks: \[format\]/,
    );
    await expect(attempt).rejects.toThrow('leak: chromaSubsampling');
    expect(existsSync(join(folder, 'refused'))).toBe(false);
    await expect(assayTrain('refused', config, 'data.allowLeaks=[format]')).rejects.not.toThrow(
      'leak: format',
    );
  });

  it('is trained on where the configuration accepts it, which is said', async () => {
    const { notes } = await assayTrain('allowed', config, allowed);
    expect(notes.filter((note) => note.startsWith('Allowed by data.allowLeaks: format tells'))).toHaveLength(
      1,
    );
  });
});

describe('a shard', () => {
  it('is what a run and its continuation train on', async () => {
    const { run } = await assayTrain('shards', config, allowed, '--shard', '1/2');
    const written = parse(readFileSync(join(run, 'config.yaml'), 'utf8')) as { shard: unknown };
    expect(written.shard).toEqual({ index: 1, count: 2 });
    const whole = await assayTrain('whole', config, allowed);
    // 42 training images make five batches of eight, of which the second shard has two; there are two epochs.
    expect(stepsOf(run)).toBe(4);
    expect(stepsOf(whole.run)).toBe(10);
    await expect(assayTrain('shards', '--resume', run, '--shard', '0/2')).rejects.toThrow(
      '--resume can only change what comes after training',
    );
  });

  it('has an index below the count', async () => {
    await expect(assayTrain('none', config, allowed, '--shard', '2/2')).rejects.toThrow(
      '--shard: expected i/n with i from 0 to n − 1',
    );
  });
});
