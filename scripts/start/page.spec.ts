import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../workspaces.ts';

const run = promisify(execFile);

/** Asks for the page in a process of its own. @returns its folder, and whether it had to be built */
async function built(cache: string): Promise<{ folder: string; isNew: boolean }> {
  const script = `import { builtPage } from './scripts/start/page.ts';
    let isNew = false;
    const folder = await builtPage({ root: process.cwd(), cache: process.argv[1], onBuild: () => (isNew = true) });
    console.log(JSON.stringify({ folder, isNew }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script, cache], {
    cwd: root,
  });
  return JSON.parse(stdout) as { folder: string; isNew: boolean };
}

describe('the page that npm start shows', () => {
  let cache: string;
  beforeAll(() => {
    cache = mkdtempSync(join(tmpdir(), 'assay-page-'));
  });
  afterAll(() => rmSync(cache, { recursive: true }));

  it('is built from each state of the sources once, also where two ask at the same time', async () => {
    const [one, other] = await Promise.all([built(cache), built(cache)]);
    expect(one.folder).toBe(other.folder);
    expect(await built(cache)).toEqual({ folder: one.folder, isNew: false });
    expect(readdirSync(cache)).toHaveLength(1);
  }, 300_000);

  it('loads within 250 KB at first: script and style compressed, and the fonts of Latin script', async () => {
    const { folder } = await built(cache);
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const named = [...html.matchAll(/\/assets\/([\w.-]+)/g)].map(([, name]) => name!);
    const fonts = readdirSync(join(folder, 'assets')).filter((name) =>
      /^(inter|newsreader)-latin-wght-normal-.*\.woff2$/.test(name),
    );
    expect(named.length).toBeGreaterThan(1);
    expect(fonts).toHaveLength(2);
    const size = (name: string) => readFileSync(join(folder, 'assets', name)).length;
    const sizes = [...named.map((name) => size(`${name}.gz`)), ...fonts.map(size)];
    expect(sizes.reduce((sum, one) => sum + one, 0)).toBeLessThan(250_000);
    // Nothing inline: the policy would refuse it.
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/);
  }, 300_000);
});
