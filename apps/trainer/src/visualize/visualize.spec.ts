import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';
import { writeRun } from '../spec-support/write-run.ts';

const state = mkdtempSync(join(tmpdir(), 'assay-visualize-'));
afterAll(() => rmSync(state, { recursive: true, force: true }));
const hostile = `"><img src=x onerror=alert(1)></td><script>alert(1)</script>\u202e'`;

async function assay(...words: string[]) {
  const output = recordingOutput();
  const program = buildProgram({ output, signal: new AbortController().signal, exit: () => undefined });
  await program.parseAsync(['visualize', ...words, '--state', state], { from: 'user' });
  return output.lines;
}

/** Names of the tags of a page, and its attributes, as a parser meets them once quoted values are set aside. */
function tagsOf(page: string) {
  const bare = page.replace(/"[^"<>]*"/g, '""');
  return {
    tags: new Set([...bare.matchAll(/<([a-z]\w*)/gi)].map(([, name]) => name!.toLowerCase())),
    handlers: [...bare.matchAll(/<[^>]*\s(on\w+)=/g)].map(([, name]) => name),
  };
}

describe('assay visualize', () => {
  it('writes one page that needs nothing else, whatever the labels are called', async () => {
    writeRun(join(state, 'runs', 'one-20261120-080000'), {
      rate: 0.01,
      accuracies: [0.4, 0.6, 0.5],
      labels: [hostile, 'b'],
    });
    writeFileSync(join(state, 'secret'), 'not to be shown');
    const [file] = await assay('latest');
    expect(file).toBe(join(state, 'reports', 'one-20261120-080000.html'));
    const page = readFileSync(file!, 'utf8');
    const { tags, handlers } = tagsOf(page);
    expect(handlers).toEqual([]);
    for (const tag of ['script', 'link', 'iframe', 'object', 'image', 'foreignobject', 'use', 'a'])
      expect([...tags]).not.toContain(tag);
    expect(page).not.toMatch(/(?:src|href)="(?!data:image\/jpeg;base64,)/);
    expect(page).toContain(`default-src 'none'`);
    expect(page.match(/class="assay-chart"/g)).toHaveLength(8);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    // The small picture of one sample; the other's path leads out of the run's folder.
    expect(page.match(/data:image\/jpeg;base64,\/9j\/2Q==/g)).toHaveLength(1);
    expect(page).not.toContain(Buffer.from('not to be shown').toString('base64'));
    expect(page).toMatch(/<b>b<\/b>, wrong: &quot;&gt;/);
  });

  it('compares runs: a line for each, and what differs', async () => {
    writeRun(join(state, 'runs', 'two-20261120-090000'), { rate: 0.02, accuracies: [0.5, 0.7] });
    const [file] = await assay('one', 'two', '--out', join(state, 'both.html'));
    const page = readFileSync(file!, 'utf8');
    expect(page).toContain('Accuracy: validation');
    expect(page).toMatch(/<td>schedule\.learningRate<\/td><td>0\.01<\/td><td>0\.02<\/td>/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('writes pictures as files', async () => {
    const svg = await assay('two', '--format', 'svg');
    expect(svg.map((path) => path.slice(state.length + 1))).toEqual(
      [
        'loss',
        'accuracy',
        'precision-recall',
        'learning-rate',
        'throughput',
        'memory',
        'processor',
        'confusion',
      ].map((name) => `reports/two-20261120-090000/${name}.svg`),
    );
    const png = await assay('two', '--format', 'png', '--out', join(state, 'png'));
    expect([...readFileSync(png[0]!).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });

  it('shows a run that has only begun', async () => {
    const path = join(state, 'runs', 'bare-20261120-100000');
    mkdirSync(path);
    writeFileSync(join(path, 'config.yaml'), 'name: bare');
    writeFileSync(
      join(path, 'run.json'),
      JSON.stringify({ command: 'c', startedAt: '2026-11-20T10:00:00Z', datasetDigest: 'd' }),
    );
    const [file] = await assay('bare');
    expect(readFileSync(file!, 'utf8')).toContain('interrupted');
    await expect(assay('nowhere')).rejects.toThrow('no run "nowhere"');
  });
});
