import { oklabToSrgb, type Oklab } from './oklab.ts';

/** 256 colours with opacity, red, green, blue, alpha, 0 to 255: `[256 * 4]`. */
export type Palette = Uint8Array;

const entries = 256;

/** Where the two-sided palette has its neutral colour. */
export const neutralEntry = 128;

/**
 * For evidence that has one side: black over purple and orange to pale yellow, "inferno" of matplotlib (Smith & van der
 * Walt 2015, CC0), by a polynomial of degree 6 for each channel in the share t from 0 to 1. Its lightness rises evenly, so that it
 * reads the same without colour and to people who do not tell red from green.
 */
const inferno = {
  red: [0.00021894, 0.10651342, 11.60249308, -41.70399613, 77.1629357, -71.31942824, 25.13112622],
  green: [0.001651, 0.56395644, -3.97285397, 17.43639888, -33.40235894, 32.62606426, -12.24266895],
  blue: [-0.0194809, 3.93271239, -15.9423941, 44.3541452, -81.80730926, 73.20951986, -23.070325],
} as const;

/** For evidence with two sides: straight lines in Oklab from light grey to blue and to orange, equally dark at the ends. */
const neutral: Oklab = { L: 0.93, a: 0, b: 0 };
const against: Oklab = { L: 0.55, a: -0.03, b: -0.16 };
const towards: Oklab = { L: 0.55, a: 0.11, b: 0.105 };

/**
 * Entry 0 is no evidence, 255 the most.
 *
 * @param opacity of the last entry, 0 to 1; the first is transparent, between them it grows evenly
 */
export function sequentialPalette(opacity: number): Palette {
  const at = (coefficients: readonly number[], t: number) =>
    coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return palette((entry) => {
    const t = entry / (entries - 1);
    const colour = [at(inferno.red, t), at(inferno.green, t), at(inferno.blue, t)] as const;
    return { colour, alpha: opacity * t };
  });
}

/**
 * Entry 128 is no evidence, 255 the most for, 1 the most against; 0 is as 1.
 *
 * @param opacity of both ends, 0 to 1; the middle is transparent
 */
export function divergingPalette(opacity: number): Palette {
  return palette((entry) => {
    const t = Math.max(-1, (entry - neutralEntry) / (neutralEntry - 1));
    const end = t < 0 ? against : towards;
    const mix = (key: keyof Oklab) => neutral[key] + (end[key] - neutral[key]) * Math.abs(t);
    return {
      colour: oklabToSrgb({ L: mix('L'), a: mix('a'), b: mix('b') }),
      alpha: opacity * Math.abs(t),
    };
  });
}

function palette(
  entry: (index: number) => { colour: readonly [number, number, number]; alpha: number },
): Palette {
  const colours = new Uint8Array(entries * 4);
  for (let index = 0; index < entries; index++) {
    const { colour, alpha } = entry(index);
    [...colour, alpha].forEach((value, channel) => {
      colours[index * 4 + channel] = Math.round(255 * Math.min(1, Math.max(0, value)));
    });
  }
  return colours;
}
