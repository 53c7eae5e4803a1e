import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRegistry } from '@assay/model-registry';
import { seededRandom } from '@assay/random';
import { openRunFolder } from './run-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-crash-'));
const registry = join(folder, 'registry');
const main = join(__dirname, '..', 'main.ts');
const epochs = 24;
const everyEpochs = 3;
const minutes = 60_000;

const place = join(folder, 'small-disk');
const hasSmallDisk = ((): boolean => {
  try {
    mkdirSync(place);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

beforeAll(() => {
  const random = seededRandom('crash');
  const rows = Array.from({ length: 160 }, (_, index) => {
    const shift = index % 2 === 0 ? 0.7 : -0.7;
    return `${shift + random.normal()},${random.normal()},${index % 2}`;
  });
  writeFileSync(join(folder, 'rows.csv'), `x,y,label\n${rows.join('\n')}\n`);
  const config = {
    name: 'rows',
    data: { reader: 'table', path: folder, tables: [{ file: 'rows.csv' }], labelColumn: 'label' },
    network: {
      layers: [{ type: 'linear', units: 4 }, { type: 'relu' }, { type: 'linear', units: '$labels' }],
    },
    optimiser: { type: 'adamw' },
    schedule: { type: 'cosine', learningRate: 0.01 },
    ema: { decay: 0.9 },
    epochs,
    batchSize: 16,
    threads: 1,
    checkpoint: { everyEpochs },
    registry,
  };
  writeFileSync(join(folder, 'rows.yaml'), JSON.stringify(config));
});
afterAll(() => {
  if (hasSmallDisk) execFileSync('umount', ['-l', place]);
  rmSync(folder, { recursive: true, force: true });
});

/** A real `assay`, whose words on standard error are kept. */
function assay(...args: string[]): ChildProcess & { said: string[]; ended: Promise<unknown[]> } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  return Object.assign(child, { said, ended: once(child, 'close') });
}

/** Runs it to its end, which must be a good one. */
async function finished(...args: string[]): Promise<void> {
  const child = assay(...args);
  await child.ended;
  expect(child.exitCode === 0 ? '' : child.said.join('')).toBe('');
}

const config = join(folder, 'rows.yaml');
const runOf = (state: string) => join(state, 'runs', readdirSync(join(state, 'runs'))[0]!);
const linesOf = (path: string) =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];

/** Waits until the run in the state folder has written so many epochs, or the process has ended. */
async function untilEpoch(count: number, state: string, child: ChildProcess): Promise<void> {
  const written = () =>
    existsSync(join(state, 'runs')) && readdirSync(join(state, 'runs')).length > 0
      ? linesOf(join(runOf(state), 'metrics.jsonl')).length
      : 0;
  while (child.exitCode === null && written() < count) await setTimeout(2);
}

/** Weights, best weights and metrics of a finished run; times differ from run to run. */
function outcome(run: string) {
  const progress = JSON.parse(readFileSync(join(run, 'progress.json'), 'utf8')) as {
    finished: boolean;
    stateFile: string;
    best: { stateFile: string };
  };
  return {
    finished: progress.finished,
    files: readdirSync(run).sort(),
    last: readFileSync(join(run, progress.stateFile)).toString('base64'),
    best: readFileSync(join(run, progress.best.stateFile)).toString('base64'),
    metrics: linesOf(join(run, 'metrics.jsonl')).map((line) => {
      const { epoch, loss, accuracy, validation } = JSON.parse(line) as Record<string, unknown>;
      return { epoch, loss, accuracy, validation };
    }),
  };
}

async function uninterrupted(): Promise<ReturnType<typeof outcome>> {
  const state = join(folder, 'smooth');
  if (!existsSync(state)) await finished('train', config, '--no-package', '--state', state);
  return outcome(runOf(state));
}

describe('a run that is killed', () => {
  it(
    'has lost at most one checkpoint interval each time, and ends bit for bit as if nothing had happened',
    async () => {
      const state = join(folder, 'killed');
      const random = seededRandom('kills', process.pid);
      const kills = [random.integer(4), 4 + random.integer(6), 10 + random.integer(10)];
      for (const epoch of kills) {
        const resume = existsSync(join(state, 'runs')) ? ['--resume', runOf(state)] : [config];
        const child = assay('train', ...resume, '--no-package', '--state', state);
        await untilEpoch(epoch + 1, state, child);
        child.kill('SIGKILL');
        await child.ended;
        const run = runOf(state);
        const done = linesOf(join(run, 'metrics.jsonl')).length;
        const saved = existsSync(join(run, 'progress.json'))
          ? (JSON.parse(readFileSync(join(run, 'progress.json'), 'utf8')) as {
              epoch: number;
              stateFile: string;
            })
          : { epoch: 0, stateFile: 'config.yaml' };
        expect(done).toBeGreaterThan(epoch);
        expect(done - saved.epoch).toBeLessThanOrEqual(everyEpochs);
        expect(existsSync(join(run, saved.stateFile))).toBe(true);
      }
      // As a line that was being written at that moment would look.
      appendFileSync(join(runOf(state), 'metrics.jsonl'), '{"epoch":2');
      await finished('train', '--resume', runOf(state), '--no-package');
      expect(outcome(runOf(state))).toEqual(await uninterrupted());
    },
    5 * minutes,
  );

  it(
    'in the middle of packaging leaves the earlier package as it was, and no half of a new one',
    async () => {
      const state = join(folder, 'packaging');
      await finished('train', config, 'version=1.0.0', '--state', join(folder, 'earlier'));
      const before = await openRegistry(registry).resolve('rows');
      const child = assay('train', config, 'version=2.0.0', '--state', state);
      while (child.exitCode === null && !child.said.join('').includes('Packaging')) await setTimeout(2);
      child.kill('SIGKILL');
      await child.ended;
      const after = await openRegistry(registry).resolve('rows', '1.0.0');
      expect(after.manifest).toEqual(before.manifest);
      const versions = await openRegistry(registry).versions('rows');
      for (const version of versions) await openRegistry(registry).resolve('rows', version);
      if (!versions.includes('2.0.0')) {
        await finished('train', '--resume', runOf(state), '--state', state);
        expect((await openRegistry(registry).resolve('rows')).version).toBe('2.0.0');
      }
    },
    5 * minutes,
  );
});

/** Writes until there is no room. */
function fill(path: string): void {
  try {
    for (;;) appendFileSync(path, Buffer.alloc(4096));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
}

describe('a disk that is full', () => {
  (hasSmallDisk ? it : it.skip)(
    'ends the run with a word of advice, and once there is room it goes on bit for bit (needs the right to mount)',
    async () => {
      const child = assay('train', config, '--no-package', '--state', place);
      await untilEpoch(5, place, child);
      fill(join(place, 'filler'));
      await child.ended;
      expect(child.exitCode).toBe(1);
      expect(child.said.join('')).toContain(`assay train --resume ${runOf(place)}`);
      rmSync(join(place, 'filler'));
      await finished('train', '--resume', runOf(place), '--no-package');
      expect(outcome(runOf(place))).toEqual(await uninterrupted());
    },
    5 * minutes,
  );

  (existsSync('/dev/full') ? it : it.skip)(
    'is named together with what to do about it (needs /dev/full)',
    async () => {
      const path = join(folder, 'full');
      mkdirSync(path);
      writeFileSync(join(path, 'config.yaml'), '');
      symlinkSync('/dev/full', join(path, 'metrics.jsonl'));
      const run = openRunFolder(path);
      await expect(run.append('metrics.jsonl', '{}')).rejects.toMatchObject({
        code: 'storage-full',
        message: expect.stringContaining(
          `make room, then go on with: assay train --resume ${path}`,
        ) as unknown as string,
      });
    },
  );
});
