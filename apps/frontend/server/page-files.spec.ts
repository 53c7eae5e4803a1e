import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ProblemDocument } from '@assay/schema';
import { describe, expect, it } from '@jest/globals';
import { frontend, SCRIPT } from './frontend.fixture.ts';
import { pageFiles } from './page-files.ts';

/** What came over the wire: `fetch` would take it apart. */
async function raw(url: string, encoding: string) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get(url, { headers: { 'accept-encoding': encoding } }, resolve).once('error', reject),
  );
  return { headers: answer.headers, body: await buffer(answer) };
}

describe('the page', () => {
  it('is asked for anew each time, and may run nothing but files of its own origin', async () => {
    await using server = await frontend();
    const { headers } = await fetch(server.url);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(headers.get('cache-control')).toBe('no-cache');
    const policy = headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe|\*|https?:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('is shown at every address that is no file, so that a link into it works', async () => {
    await using server = await frontend();
    for (const path of ['/models', '/models/wine', '/result/019aa3b2-0000-7000-8000-000000000000'])
      expect(await (await fetch(server.url + path)).text()).toContain('<div id="root">');
  });

  it('has files that never change under their names', async () => {
    await using server = await frontend();
    const { headers } = await fetch(`${server.url}/assets/index-abc123.js`);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  it('is not shown in place of a file that is not there', async () => {
    await using server = await frontend();
    expect((await fetch(`${server.url}/assets/nothing`)).status).toBe(404);
    const missing = await fetch(`${server.url}/assets/index-old.js`);
    expect(missing.status).toBe(404);
    expect(missing.headers.get('cache-control')).toBeNull();
    expect(missing.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; ?frame-ancestors 'none'$/,
    );
    expect(((await missing.json()) as ProblemDocument).code).toBe('not-found');
  });

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)('is sent as it was compressed when it was built: %s', async (encoding, decompress) => {
    await using server = await frontend();
    const { headers, body } = await raw(`${server.url}/assets/index-abc123.js`, encoding);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toMatch(/accept-encoding/i);
    expect(body.length).toBeLessThan(SCRIPT.length / 10);
    expect(decompress(body).toString()).toBe(SCRIPT);
  });

  it('is not sent again to who has it, and may then do what it could', async () => {
    await using server = await frontend();
    const { headers } = await fetch(server.url);
    const again = await fetch(server.url, { headers: { 'if-none-match': headers.get('etag')! } });
    expect(again.status).toBe(304);
    for (const name of ['content-security-policy', 'permissions-policy'])
      expect(again.headers.get(name)).toBe(headers.get(name));
  });

  it.each(['/../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd'])(
    'holds nothing that lies outside of its folder: %s',
    async (path) => {
      await using server = await frontend();
      expect((await raw(server.url + path, 'identity')).body.toString()).not.toMatch(/"name"|root:/);
    },
  );

  it('says how to build it where it is not there', () => {
    expect(() => pageFiles('/nowhere')).toThrow(/PAGE_FOLDER.*npm run build --workspace @assay\/frontend/);
  });
});
