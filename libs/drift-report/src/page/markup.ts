import { cleanText } from '../wording/clean-text.ts';

/** Text that is HTML already. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text and numbers become text, markup stays, lists are joined, nothing is nothing. */
export type Part = Markup | string | number | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or in a quoted attribute of HTML and SVG; a number and its `%` stay on one line. */
export function escapeText(text: string): string {
  return cleanText(text)
    .replace(/(\d) %/g, '$1\u00a0%')
    .replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** HTML in which whatever is put in is text, unless it was made by this function: `` markup`<p>${name}</p>` ``. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return { markup: strings.reduce((before, text, at) => before + textOf(parts[at - 1]) + text) };
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeText(part);
  return 'markup' in part ? part.markup : part.map(textOf).join('');
}

/** Text of a client, kept from reordering what stands around it. */
export function isolated(text: string): Markup {
  return markup`<bdi>${text}</bdi>`;
}
