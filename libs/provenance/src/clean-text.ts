import { MAX_EVIDENCE_TEXT } from '@assay/schema';

/**
 * A stranger's text, fit to be shown: one line, without characters that cannot be seen or that turn the direction of writing
 * round. Markup stays what it is, text: whoever shows it has to escape it.
 *
 * @param most - length at most, in UTF-16 units; beyond it the text ends with `…`
 * @returns undefined where nothing is left, or where it is no text
 */
export function cleanText(value: unknown, most = MAX_EVIDENCE_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined;
  // No more is looked at than could be shown, were three of four characters to go.
  const text = value
    .slice(0, 4 * most)
    .toWellFormed()
    .replace(/\p{Cf}/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (text === '') return undefined;
  return text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}

/** {@link cleanText} that is part of a sentence: short, in quotation marks that it cannot close. */
export function quoted(value: string): string {
  return `“${(cleanText(value, 80) ?? '').replaceAll(/[“”]/g, '"')}”`;
}

/** Members whose value is not undefined. */
export function present<T extends object>(members: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
