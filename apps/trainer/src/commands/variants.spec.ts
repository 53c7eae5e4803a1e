import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePng, makeTinyPackage } from '@assay/testing';
import { recordingOutput } from '../output.ts';
import { variants, type VariantsRequest } from './variants.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-variants-'));
const model = join(folder, 'package');
beforeAll(async () => {
  await makeTinyPackage(model);
  for (const [label, level] of [
    ['dark', 5],
    ['bright', 250],
  ] as const) {
    mkdirSync(join(folder, 'data', label), { recursive: true });
    for (let copy = 0; copy < 4; copy++)
      // One of each four lies in the other's folder.
      writeFileSync(
        join(folder, 'data', label, `${copy}.png`),
        makePng(
          16,
          12,
          Array.from({ length: 3 }, () => (copy === 0 ? 255 - level : level + (copy % 2))) as never,
        ),
      );
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (more: Partial<VariantsRequest> = {}): VariantsRequest => ({
  models: [model],
  registries: [],
  constants: {},
  seed: 1,
  state: join(folder, 'state'),
  json: false,
  ...more,
});

describe('assay variants', () => {
  it('tells size and time of each form, and what the package says of its accuracy', async () => {
    const output = recordingOutput();
    const [line, ...others] = await variants(ask(), output);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      variant: 'fp32',
      served: true,
      bytes: statSync(join(model, 'model.onnx')).size,
    });
    expect(line!.accuracy).toEqual({ value: 1 });
    expect(line!.auroc).toBeUndefined();
    expect(line!.latencyMs.p90).toBeGreaterThanOrEqual(line!.latencyMs.median);
    expect(output.lines).toHaveLength(2);
    expect(output.lines[1]).toMatch(/fp32 \(served\) +1\.0000 +– /);
  });

  it('measures accuracy with its interval on labelled inputs', async () => {
    const output = recordingOutput();
    const lines = await variants(ask({ data: join(folder, 'data'), json: true }), output);
    expect(lines[0]!.accuracy?.value).toBe(0.75);
    const [low, high] = lines[0]!.accuracy!.interval!;
    expect(low).toBeLessThan(0.75);
    expect(high).toBeGreaterThan(0.75);
    expect(JSON.parse(output.lines.join('\n'))).toHaveLength(1);
  });

  it('lists every form of a package that ships, from its manifest', async () => {
    const lines = await variants(ask({ models: ['ai-vs-real'], registries: ['models'] }), recordingOutput());
    expect(lines.map(({ variant }) => variant)).toEqual(['fp32', 'int8']);
    expect(lines.filter(({ served }) => served)).toHaveLength(1);
    expect(lines[1]!.bytes).toBeLessThan(lines[0]!.bytes / 2);
    for (const { accuracy } of lines) expect(accuracy?.value).toBeGreaterThan(0.5);
  });
});
