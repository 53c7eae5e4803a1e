import { tableOf } from '../log/format-rows.ts';
import type { DetectionRates } from './detection-rates.ts';

/** A table of effects and sizes: the share of windows in which drift is found; `?` where most windows are too small to say. */
export function describeRates(rates: readonly DetectionRates[]): string[] {
  return [
    ...tableOf(
      rates.map(({ effect, sizes, first }) => ({
        effect,
        ...Object.fromEntries(
          sizes.map(({ records, drifted, insufficient }) => [
            `n ${records}`,
            `${Math.round(100 * drifted)} %${insufficient > 0.5 ? ' ?' : ''}`,
          ]),
        ),
        'found first': first === undefined ? '–' : `${first.feature} (${first.direction})`,
      })),
    ),
    '',
    'Share of windows of n records in which drift is found, at the level of an hourly look; ?: most windows are too small to exclude it.',
  ];
}
