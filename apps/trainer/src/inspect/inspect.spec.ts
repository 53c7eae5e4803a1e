import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evidence } from '@assay/schema';
import { changePixel, makePng, makeTestSigner, signImage, textChunk, withChunks } from '@assay/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordingOutput } from '../output.ts';
import { buildProgram } from '../program.ts';

const plain = makePng(8, 8, [90, 120, 150]);

describe('assay inspect', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inspect-'));
    const signer = makeTestSigner({ name: 'A camera' });
    const signed = await signImage(plain, { format: 'png', signer });
    await writeFile(join(folder, 'anchors.pem'), signer.anchor);
    await writeFile(join(folder, 'signed.png'), signed);
    await writeFile(join(folder, 'tampered.png'), changePixel(signed));
    const parameters = textChunk('parameters', 'a cat\nSteps: 20, Seed: 7, Model: m\u001b[31m');
    await writeFile(join(folder, 'cat.png'), withChunks(plain, parameters));
    await writeFile(join(folder, 'plain.png'), plain);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = async (...args: string[]) => {
    const output = recordingOutput();
    const codes: number[] = [];
    const context = {
      output,
      signal: new AbortController().signal,
      exit: (code: number) => void codes.push(code),
    };
    await buildProgram(context).parseAsync(['inspect', ...args], { from: 'user' });
    return { ...output, codes };
  };

  it('says what each file says, its grade first, and trusts whom it is told to trust', async () => {
    const files = ['signed.png', 'tampered.png', 'cat.png', 'plain.png'].map((name) => join(folder, name));
    const { lines, codes } = await run(...files, '--trust-anchors', join(folder, 'anchors.pem'));
    const text = lines.join('\n');
    expect(text).toMatch(/signed\.png: Signed by “A camera”, who is vouched for/);
    expect(text).toMatch(/\n {2}trusted {3}c2pa {7}Signed by/);
    expect(text).toMatch(/\n {2}tampered {2}c2pa {7}The file was changed after it was signed/);
    expect(text).toMatch(/c2pa\.created: created, made by a trained model \(Test camera\)/);
    expect(text).toMatch(/\n {2}declared {2}generator {2}The file says that it was made by/);
    expect(text).toMatch(/seed: 7/);
    expect(text).toMatch(/plain\.png: The file says nothing of its origin/);
    // A file cannot colour, or do anything else to, the terminal.
    expect(text).not.toContain('\u001b');
    expect(codes).toEqual([]);
  });

  it('prints JSON by the schema, and goes on after a file that is not there', async () => {
    const { lines, codes } = await run(join(folder, 'gone.png'), join(folder, 'signed.png'), '--json');
    const [gone, { file, ...found }] = lines.map((line) => JSON.parse(line) as unknown) as [
      object,
      Record<string, unknown>,
    ];
    expect(gone).toMatchObject({ error: { code: 'not-found' } });
    expect(file).toBe(join(folder, 'signed.png'));
    expect(evidence.parse(found).findings).toMatchObject([{ kind: 'c2pa', grade: 'intact' }]);
    expect(codes).toEqual([1]);
  });

  it('refuses anchors that are no certificates', async () => {
    const anchors = join(folder, 'plain.png');
    await expect(run(join(folder, 'plain.png'), '--trust-anchors', anchors)).rejects.toMatchObject({
      code: 'invalid-configuration',
    });
  });
});
