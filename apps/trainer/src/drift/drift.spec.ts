import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openObjectStore } from '@assay/object-store';
import { encodeImage } from '@assay/preprocessing';
import { driftReportDiff, driftReportSchema, parityReport } from '@assay/schema';
import { driftingRecords, makeDriftRegistry, makeTinyPackage } from '@assay/testing';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';
import { describeRates } from './describe-rates.ts';
import type { DetectionRates } from './detection-rates.ts';

const HOUR = 3_600_000;
const NOW = Math.floor(Date.now() / HOUR) * HOUR;

async function run(...words: string[]) {
  const output = recordingOutput();
  const statuses: number[] = [];
  const exit = (status: number) => statuses.push(status);
  const program = buildProgram({ output, signal: new AbortController().signal, exit });
  for (const command of program.commands)
    for (const below of [command, ...command.commands]) below.exitOverride();
  await program.parseAsync(['drift', ...words], { from: 'user' });
  return { ...output, statuses };
}

describe('assay drift', () => {
  let folder: string;
  let log: string[];
  /** Beginning and end of an hour that ended so many hours ago. */
  const hourOf = (ago: number) =>
    [ago + 1, ago].flatMap((hours, at) => [
      at === 0 ? '--from' : '--to',
      new Date(NOW - hours * HOUR).toISOString().slice(0, 16) + 'Z',
    ]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-drift-'));
    const registry = await makeDriftRegistry(folder);
    log = ['--log', `file:${folder}/bucket`];
    const store = await openObjectStore(`file:${folder}/bucket`);
    for (const [ago, shift] of [
      [3, 0],
      [2, 2],
    ] as const) {
      const hour = NOW - (ago + 1) * HOUR;
      const at = new Date(hour).toISOString();
      const lines = driftingRecords({ hour, count: 600, shift }).map((event) => JSON.stringify(event));
      await store.put(`predictions/${at.slice(0, 10)}/${at.slice(11, 13)}/sink-a-0.jsonl`, lines.join('\n'));
    }
    log.push('--registry', registry);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const reportOn = (ago: number, ...words: string[]) =>
    run('report', '--model', 'tiny', ...hourOf(ago), ...log, ...words);

  it('report exits with 0 where the world is as it was, and with 3 where it is not', async () => {
    const page = join(folder, 'report.html');
    const stable = await reportOn(3, '--html', page);
    expect(stable.statuses).toEqual([]);
    expect(stable.lines[0]).toMatch(/STABLE {2}tiny@1\.0\.0$/);
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>/);
    const drifted = await reportOn(2, '--json');
    expect(drifted.statuses).toEqual([3]);
    const report = driftReportSchema.parse(JSON.parse(drifted.lines.join('')));
    expect(report.features[0]?.feature).toBe('feature.height');
    expect(drifted.notes).toEqual([]);
  });

  it('report gives the same report again, and adds what another tool would say', async () => {
    const [one, other] = [await reportOn(2, '--json'), await reportOn(2, '--json', '--parity', 'evidently')];
    const { parity, ...same } = JSON.parse(other.lines.join('')) as { parity: unknown };
    expect(same).toEqual(JSON.parse(one.lines.join('')));
    const height = parityReport.parse(parity).columns.find(({ feature }) => feature === 'feature.height');
    expect(height).toMatchObject({ drifted: true, verdict: 'drifted' });
    const { lines } = await reportOn(2, '--parity', 'evidently');
    // One column of four: not the half that it asks for.
    expect(lines.join('\n')).toMatch(/would say: stable \(25 % of the columns, 50 % make it drifted\)/);
  });

  it('report says that there are too few records, and what it cannot do', async () => {
    expect((await reportOn(30)).lines[0]).toContain('tiny@1.0.0');
    expect((await reportOn(30)).statuses).toEqual([]);
    await expect(run('report', '--model', 'bare', ...log)).rejects.toMatchObject({
      code: 'no-reference-profile',
    });
    await expect(run('report', '--model', 'nobody', ...log)).rejects.toMatchObject({ code: 'unknown-model' });
    await expect(reportOn(-3)).rejects.toMatchObject({ code: 'invalid-window' });
    await expect(run('report', '--window', '1w', ...log)).rejects.toThrow('such as 24h or 7d');
  });

  it('list and diff find the reports', async () => {
    await reportOn(3);
    await reportOn(2);
    const bucket = log.slice(0, 2);
    const { lines } = await run('list', '--json', '--model', 'tiny', ...bucket);
    const entries = lines.map((line) => JSON.parse(line) as { id: string; verdict: string });
    expect(entries.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['drifted', 'stable']);
    expect((await run('list', ...bucket)).lines[0]).toMatch(/^report +verdict +records +drifted$/);
    expect((await run('list', '--model', 'none', ...bucket)).notes[0]).toMatch(/^No reports/);
    const [after, before] = entries.map(({ id }) => id) as [string, string];
    const page = join(folder, 'diff.html');
    const diff = await run('diff', before, after, '--json', '--html', page, ...bucket);
    expect(driftReportDiff.parse(JSON.parse(diff.lines.join(''))).features[0]?.feature).toBe(
      'feature.height',
    );
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>/);
    expect((await run('diff', before, after, ...bucket)).lines.join('\n')).toContain('feature.height');
    await expect(run('diff', 'a', 'b', ...bucket)).rejects.toMatchObject({ code: 'unknown-report' });
  });

  it('simulate finds what changed in the images of a folder, and not what did not', async () => {
    const images = join(folder, 'images');
    const model = join(folder, 'model');
    await makeTinyPackage(model);
    await mkdir(join(images, 'below'), { recursive: true });
    for (let at = 0; at < 80; at++) {
      const level = 60 + ((at * 37) % 120);
      const data = Uint8Array.from({ length: 16 * 12 * 3 }, (_, i) => level + ((i * (i % 3)) % 60));
      const file = join(images, at % 2 ? 'below' : '', `${at}.png`);
      await writeFile(file, await encodeImage({ width: 16, height: 12, channels: 3, data }, 'png'));
    }
    const options = [
      '--against',
      'folder',
      '--sizes',
      '40',
      '--windows',
      '2',
      '--mix',
      join(images, 'below'),
    ];
    const { lines } = await run('simulate', images, '--model', model, ...options, '--json');
    const { effects } = JSON.parse(lines.join('')) as { effects: DetectionRates[] };
    const rate = (name: string) => effects.find(({ effect }) => effect === name)?.sizes[0]?.drifted;
    expect([rate('as they are'), rate('encoded again')]).toEqual([0, 0]);
    expect([rate('grayscale'), rate('JPEG quality 20')]).toEqual([1, 1]);
    expect(effects.at(-1)?.effect).toMatch(/^10 % from/);
    await expect(run('simulate', images, '--model', model)).rejects.toMatchObject({
      code: 'no-reference-profile',
    });
    await expect(run('simulate', model, '--model', model)).rejects.toMatchObject({ code: 'invalid-dataset' });
  }, 120_000);
});

describe('describeRates', () => {
  it('says how often an effect is found, where it cannot be excluded, and what is named first', () => {
    const sizes = [
      { records: 20, drifted: 0, insufficient: 1 },
      { records: 300, drifted: 0.995, insufficient: 0 },
    ];
    const first = { feature: 'image.sharpness', direction: '−2σ: blurrier', share: 1 };
    const [head, , blur, none] = describeRates([
      { effect: 'blur', sizes, first },
      { effect: 'as they are', sizes: sizes.map((one) => ({ ...one, drifted: 0 })) },
    ]);
    expect(head).toMatch(/^effect +n 20 +n 300 +found first$/);
    expect(blur).toMatch(/^blur +0 % \? +100 % +image\.sharpness \(−2σ: blurrier\)$/);
    expect(none).toMatch(/^as they are +0 % \? +0 % +–$/);
  });
});
