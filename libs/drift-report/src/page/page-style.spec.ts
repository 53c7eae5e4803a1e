import { describe, expect, it } from '@jest/globals';
import { pageStyle } from './page-style.ts';

/** Custom properties of each `:root` in the style sheet: light, dark, print. */
const themes = [...pageStyle.matchAll(/:root\{([^}]*)\}/g)].map(([, body]) =>
  Object.fromEntries(
    [...body!.matchAll(/--([\w-]+):(#[0-9a-f]+)/g)].map(([, name, colour]) => [name!, colour!]),
  ),
);

/** WCAG 2.2 contrast of two colours `#rgb` or `#rrggbb`. */
function contrast(first: string, second: string): number {
  const luminance = (colour: string) => {
    const digits = colour.length === 4 ? colour.slice(1).replace(/./g, '$&$&') : colour.slice(1);
    const [red, green, blue] = [0, 2, 4]
      .map((at) => parseInt(digits.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each(themes.map((theme, i) => [['light', 'dark', 'print'][i]!, theme] as const))(
  'the %s theme',
  (_, theme) => {
    it('has text of 4.5:1 or more on every paper that it stands on (WCAG 1.4.3)', () => {
      for (const paper of ['paper', 'card'])
        for (const ink of ['ink', 'muted', 'drifted', 'stable', 'undecided'])
          expect([ink, paper, contrast(theme[ink]!, theme[paper]!) >= 4.5]).toEqual([ink, paper, true]);
      for (const verdict of ['drifted', 'stable', 'undecided'])
        for (const ink of [verdict, 'ink'])
          expect([ink, verdict, contrast(theme[ink]!, theme[`${verdict}-soft`]!) >= 4.5]).toEqual([
            ink,
            verdict,
            true,
          ]);
    });

    it('has graphics of 3:1 or more (WCAG 1.4.11)', () => {
      for (const colour of ['reference', 'current', 'undecided'])
        expect([colour, contrast(theme[colour]!, theme.card!) >= 3]).toEqual([colour, true]);
    });
  },
);

it('there are three themes', () => expect(themes).toHaveLength(3));
