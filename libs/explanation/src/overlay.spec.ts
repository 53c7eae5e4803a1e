import { describe, expect, it } from '@jest/globals';
import { decodeImage } from '@assay/preprocessing';
import { divergingPalette, neutralEntry, sequentialPalette, type Palette } from './colour-map.ts';
import { oklabToSrgb, srgbToOklab, type Oklab } from './oklab.ts';
import { colourLayer, overlayPng } from './overlay.ts';

type Triple = [number, number, number];

const colourAt = (palette: Palette, entry: number) =>
  [...palette.subarray(entry * 4, entry * 4 + 3)] as Triple;
const labAt = (palette: Palette, entry: number) =>
  srgbToOklab(colourAt(palette, entry).map((value) => value / 255) as Triple);
const distance = (p: Oklab, q: Oklab) => Math.hypot(p.L - q.L, p.a - q.a, p.b - q.b);

/** Matrices on linear light of complete protanopia and deuteranopia: Machado, Oliveira & Fernandes 2009. */
const blindness = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
} as const;

function seenBy(matrix: readonly number[], colour: Triple): Oklab {
  const linear = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const seen = [0, 1, 2].map((row) => {
    const light = linear.reduce((sum, value, column) => sum + matrix[row * 3 + column]! * value, 0);
    const clipped = Math.min(1, Math.max(0, light));
    return clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
  });
  return srgbToOklab(seen as Triple);
}

describe('Oklab', () => {
  it('agrees with the published values for white and the primary colours', () => {
    const close = ({ L, a, b }: Oklab, ...expected: Triple) =>
      [L, a, b].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 3));
    close(srgbToOklab([1, 1, 1]), 1, 0, 0);
    close(srgbToOklab([1, 0, 0]), 0.628, 0.2249, 0.1258);
    close(srgbToOklab([0, 1, 0]), 0.8664, -0.2339, 0.1795);
    close(srgbToOklab([0, 0, 1]), 0.452, -0.0325, -0.3115);
  });

  it('comes back to the colour it came from', () => {
    for (const colour of [
      [0.2, 0.5, 0.9],
      [0, 0, 0.01],
      [1, 0.98, 0.3],
    ] as Triple[])
      oklabToSrgb(srgbToOklab(colour)).forEach((value, i) => expect(value).toBeCloseTo(colour[i]!, 5));
  });
});

describe('the palette of one side', () => {
  const palette = sequentialPalette(1);

  it('is inferno at its ends and in its middle', () => {
    const near = (entry: number, expected: Triple) =>
      colourAt(palette, entry).forEach((value, i) =>
        expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(4),
      );
    near(0, [0, 0, 4]);
    near(128, [188, 55, 84]);
    near(255, [252, 255, 164]);
  });

  it('grows lighter with every step, to every eye', () => {
    for (const see of [
      (colour: Triple) => srgbToOklab(colour.map((value) => value / 255) as Triple),
      (colour: Triple) => seenBy(blindness.protanopia, colour),
      (colour: Triple) => seenBy(blindness.deuteranopia, colour),
    ]) {
      const lightness = Array.from({ length: 64 }, (_, i) => see(colourAt(palette, i * 4 + 3)).L);
      lightness.slice(1).forEach((L, i) => expect(L).toBeGreaterThan(lightness[i]!));
    }
  });

  it('is as opaque as there is evidence', () => {
    const half = sequentialPalette(0.5);
    expect([half[3], half[128 * 4 + 3], half[255 * 4 + 3]]).toEqual([0, 64, 128]);
  });
});

describe('the palette of two sides', () => {
  const palette = divergingPalette(1);

  it('takes equal steps to both sides', () => {
    for (const step of [1, -1]) {
      const steps = Array.from({ length: 15 }, (_, i) =>
        distance(
          labAt(palette, neutralEntry + step * i * 8),
          labAt(palette, neutralEntry + step * (i + 1) * 8),
        ),
      );
      const mean = steps.reduce((sum, one) => sum + one, 0) / steps.length;
      // Colours are rounded to bytes.
      steps.forEach((one) => expect(Math.abs(one / mean - 1)).toBeLessThan(0.12));
    }
  });

  it('keeps for and against apart for both kinds of red–green blindness, equally dark', () => {
    const [against, towards] = [colourAt(palette, 1), colourAt(palette, 255)];
    expect(labAt(palette, 1).L).toBeCloseTo(labAt(palette, 255).L, 1);
    for (const matrix of Object.values(blindness))
      expect(distance(seenBy(matrix, against), seenBy(matrix, towards))).toBeGreaterThan(0.2);
  });

  it('is transparent where nothing speaks', () => {
    expect(palette[neutralEntry * 4 + 3]).toBe(0);
    expect([palette[3], palette[7], palette[255 * 4 + 3]]).toEqual([255, 255, 255]);
  });
});

describe('overlays', () => {
  const photo = { width: 40, height: 20 };
  const map = { columns: 2, rows: 1, values: Float64Array.of(-2, 1) };
  const at = (layer: { width: number; data: Uint8Array }, x: number, y: number) => [
    ...layer.data.subarray((y * layer.width + x) * 4, (y * layer.width + x) * 4 + 4),
  ];

  it('show against in blue and for in orange, the strongest strongest', () => {
    const layer = colourLayer(map, { signed: true, opacity: 0.8 }, photo);
    const [left, right] = [at(layer, 2, 10), at(layer, 37, 10)];
    expect(left[2]).toBeGreaterThan(left[0]!);
    expect(right[0]).toBeGreaterThan(right[2]!);
    expect(left[3]).toBeGreaterThan(right[3]!);
    expect(left[3]).toBeLessThanOrEqual(Math.round(0.8 * 255));
  });

  it('show only what speaks for where there is one side', () => {
    const layer = colourLayer(map, { signed: false }, photo);
    expect(at(layer, 1, 10)[3]).toBe(0);
    expect(at(layer, 38, 10)[3]).toBeGreaterThan(150);
  });

  it('show nothing of a map of zeros', () => {
    const zeros = { columns: 3, rows: 2, values: new Float64Array(6) };
    for (const signed of [true, false]) {
      const { data } = colourLayer(zeros, { signed }, photo);
      expect(data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 0)).toBe(true);
    }
  });

  it('are PNGs of the size of the photo, alone or on it', async () => {
    const size = { width: 900, height: 301 };
    const grey = { ...size, channels: 1, data: new Uint8Array(900 * 301).fill(200) } as const;
    const spec = { autoOrient: false, icc: false, background: [10, 20, 30], colour: 'rgb' } as const;
    const none = { columns: 1, rows: 1, values: Float64Array.of(0) };
    const decode = async (png: Uint8Array) =>
      decodeImage(png, { spec: { ...spec, background: [10, 20, 30] } });
    const alone = await decode(await overlayPng(none, { signed: true, photo: size }));
    expect([alone.width, alone.height]).toEqual([900, 301]);
    expect([...alone.data.subarray(0, 3)]).toEqual([10, 20, 30]);
    const drawn = await decode(await overlayPng(none, { signed: true, photo: size, on: grey }));
    expect([drawn.width, drawn.height]).toEqual([900, 301]);
    expect([...drawn.data.subarray(3 * 450, 3 * 450 + 3)]).toEqual([200, 200, 200]);
  });
});
