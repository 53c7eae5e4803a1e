import { markup, type Markup } from './markup.ts';

/** What a mark of a picture stands for: a swatch in the given styles, or an arrow. */
export interface LegendItem {
  style: string;
  text: string;
}

/** The marks of the pictures that follow, or stand above. */
export function legend(items: readonly LegendItem[]): Markup {
  return markup`<ul class="legend">${items.map(({ style, text }) => markup`<li><svg viewBox="0 0 26 12" aria-hidden="true"><path class="${style}" d="${style === 'arrow' ? 'M2 6H24M19 2L24 6L19 10' : 'M1 12V2H25V12'}"/></svg>${text}</li>`)}</ul>`;
}
