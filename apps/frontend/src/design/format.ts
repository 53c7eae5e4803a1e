/**
 * A share as people read it: `93 %`, with one digit more where that is what tells it from none or all.
 *
 * @param share from 0 to 1
 */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return `${value} %`;
  if (value < 0.1) return '< 0.1 %';
  if (value > 99.9) return '> 99.9 %';
  return value < 1 || value > 99 ? `${value.toFixed(1)} %` : `${Math.round(value)} %`;
}

/** A size as people read it: `812 B`, `3.4 KB`, `12 MB`; thousands, as file managers count. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  const [value, unit] = count < 999_500 ? [count / 1e3, 'KB'] : [count / 1e6, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** A time span: `8.4 ms`, `312 ms`, `2.1 s`. */
export function milliseconds(span: number): string {
  if (span >= 999.5) return `${(span / 1000).toFixed(1)} s`;
  return `${span < 10 ? span.toFixed(1) : Math.round(span)} ms`;
}

/** A number with three significant digits, without a tail of zeros. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en-GB')
    : String(Number(value.toPrecision(3)));
}

/** A moment in the reader's own time zone and language: `20 Nov 2026, 17:42`. */
export function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? iso
    : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** What a machine calls something, as words: `ai-generated` → `AI-generated`, `free_sulfur` → `free sulfur`. */
export function words(name: string): string {
  return name.replaceAll('_', ' ').replace(/^ai(?=[-\s]|$)/i, 'AI');
}
