import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import wabt from 'wabt';
import { gaussianKernel, kernels, makeTaps } from './resample-filters.ts';
import { resampleColumnsPlain, resampleRowsPlain } from './resample-plain.ts';
import { resampleColumnsWasm, resampleRowsWasm } from './resample-wasm.ts';
import { resampleWasmModule } from './resample-wasm-module.ts';
import { randomImage } from './spec-support/random-image.ts';

const anyKernel = fc.constantFrom(...Object.values(kernels), gaussianKernel(1.7));
const anyCase = fc.record({
  width: fc.integer({ min: 1, max: 90 }),
  height: fc.integer({ min: 1, max: 90 }),
  to: fc.integer({ min: 1, max: 120 }),
  channels: fc.constantFrom(1 as const, 3 as const),
  kernel: anyKernel,
  seed: fc.nat(),
});

const areEqual = (a: Uint8Array | undefined, b: Uint8Array) => a !== undefined && Buffer.compare(a, b) === 0;

describe('the SIMD resampler', () => {
  it('equals the plain one along the rows of any image', () => {
    fc.assert(
      fc.property(anyCase, ({ width, height, to, channels, kernel, seed }) => {
        const rows = { ...randomImage(width, height, { channels, seed }), rows: height };
        const taps = makeTaps(kernel, { from: width, to });
        expect(areEqual(resampleColumnsWasm(rows, taps), resampleColumnsPlain(rows, taps))).toBe(true);
      }),
    );
  });

  it('equals the plain one down the columns of any image, from the first row needed on', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ({ width, height, to, channels, kernel, seed }, skip) => {
        const first = skip % to;
        const taps = makeTaps(kernel, { from: height, to, first, length: to - first });
        const start = Math.min(...taps.starts);
        const image = randomImage(width, height - start, { channels, seed });
        const rows = { ...image, rows: height - start };
        expect(areEqual(resampleRowsWasm(rows, taps, start), resampleRowsPlain(rows, taps, start))).toBe(
          true,
        );
      }),
    );
  });

  it('equals the plain one where an image passes through in many pieces', () => {
    const image = { ...randomImage(900, 400), rows: 400 };
    const x = makeTaps(kernels.lanczos, { from: 900, to: 311 });
    const across = resampleColumnsPlain(image, x);
    expect(Buffer.compare(resampleColumnsWasm(image, x)!, across)).toBe(0);
    const rows = { width: 311, rows: 400, channels: 3, data: across } as const;
    for (const to of [170, 1100]) {
      const y = makeTaps(kernels.bicubic, { from: 400, to });
      expect(Buffer.compare(resampleRowsWasm(rows, y, 0)!, resampleRowsPlain(rows, y, 0))).toBe(0);
    }
  });

  it('leaves rows too long for its memory to the plain one', () => {
    const width = 12_000_000;
    const image = { width, rows: 1, channels: 3, data: new Uint8Array(3 * width) } as const;
    expect(
      resampleColumnsWasm(image, makeTaps(kernels.box, { from: width, to: 6000, length: 1 })),
    ).toBeUndefined();
  });

  it('is what its source assembles to', async () => {
    const source = readFileSync(join(import.meta.dirname, 'resample.wat'), 'utf8');
    const { buffer } = (await wabt()).parseWat('resample.wat', source, { simd: true }).toBinary({});
    expect(Buffer.from(buffer).toString('base64')).toBe(resampleWasmModule);
  });
});
