import type { Measured } from '@assay/schema';

/** Longer lists of classes are left to the manifest. */
export const classesShown = 30;

/** Parts of a section with an empty line between them; empty parts are left out. */
export function paragraphs(...parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n\n');
}

/** A table; cells are Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** With so many digits behind the point. */
export function fixed(value: number, digits = 3): string {
  return value.toFixed(digits);
}

/** A share, 0 to 1, as `12.3 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The first labels as code, and how many more there are. */
export function listed(labels: readonly string[]): string {
  const shown = labels.slice(0, classesShown).map((label) => `\`${label}\``);
  const rest = labels.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** Shows a picture of the package; `''` where there is none at the path. */
export function picture(
  figures: Readonly<Record<string, string>>,
  path: string,
  description: string,
): string {
  return path in figures ? `![${description}](${path})` : '';
}

/** `0.859 (0.804 – 0.908)`. */
export function withInterval({ value, interval }: Measured, digits = 3): string {
  if (interval === undefined) return fixed(value, digits);
  return `${fixed(value, digits)} (${fixed(interval[0], digits)} – ${fixed(interval[1], digits)})`;
}

/** A change of a share, 0 to 1, in points with its sign and interval. */
export function points({ value, interval }: Measured): string {
  const signed = (share: number) => {
    const size = fixed(Math.abs(100 * share), 1);
    return Number(size) === 0 ? size : `${share < 0 ? '−' : '+'}${size}`;
  };
  return interval === undefined
    ? signed(value)
    : `${signed(value)} (${signed(interval[0])} … ${signed(interval[1])})`;
}
