import type { EffectMeasureName } from '@assay/schema';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** `48,210`. */
export function countWords(count: number): string {
  return whole.format(count);
}

/** `1 record`, `48,210 records`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : many}`;
}

/** Three significant digits; powers of ten for what is very large or very small. */
export function numberWords(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(1).replace('-', '−');
  return (size >= 1000 ? whole : short).format(value).replace('-', '−');
}

/** A share as percent: `91.2 %`, `0.04 %`. */
export function percentWords(share: number): string {
  const percent = 100 * share;
  if (percent !== 0 && percent < 0.01) return '< 0.01 %';
  const digits = percent === 0 || percent === 100 ? 0 : percent < 1 ? 2 : 1;
  return `${percent.toFixed(digits)} %`;
}

/** A difference of shares, −1 to 1, in points with its sign: `−8.2`. */
export function pointWords(difference: number): string {
  const points = (100 * Math.min(1, Math.abs(difference))).toFixed(1);
  return `${points === '0.0' ? '±' : difference < 0 ? '−' : '+'}${points}`;
}

/** `82.9–85.3 %`. */
export function intervalWords([low, high]: readonly [number, number]): string {
  return `${percentWords(low).replace(' %', '')}–${percentWords(high)}`;
}

/** A p-value: `0.032`, `2.1e-9`, `< 1e-300`. */
export function pValueWords(value: number): string {
  if (value < 1e-300) return '< 1e-300';
  if (value < 1e-3) return value.toExponential(1);
  return value.toFixed(value < 0.1 ? 3 : 2);
}

/** An effect with the unit it is measured in: `1.42σ`, `12.0 points`. */
export function effectWords(effect: number | null, measure: EffectMeasureName): string {
  if (effect === null) return '–';
  switch (measure) {
    case 'wasserstein':
      return `${numberWords(effect)}σ`;
    case 'share':
      return `${numberWords(100 * effect)} points`;
    case 'jensen-shannon':
      return `${numberWords(effect)} JS`;
    case 'maximum-mean-discrepancy':
      return `${numberWords(effect)} MMD`;
  }
}

/** What the units of {@link effectWords} are. */
export const measureNotes: Readonly<Record<EffectMeasureName, string>> = {
  wasserstein: 'σ: Wasserstein distance in standard deviations of the reference',
  'jensen-shannon': 'JS: Jensen–Shannon distance of the shares, 0 to 0.83',
  share: 'points: difference of two shares, in percent',
  'maximum-mean-discrepancy': 'MMD: maximum mean discrepancy of the embeddings',
};
