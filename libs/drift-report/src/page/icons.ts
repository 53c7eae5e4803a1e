import type { DriftVerdict } from '@assay/schema';
import { verdictWords } from '../wording/verdict-words.ts';
import { markup, type Markup } from './markup.ts';

const SHAPES: Readonly<Record<DriftVerdict, Markup>> = {
  drifted: markup`<path d="M12 2.5 23 21.5H1Z"/><path class="on" d="M12 9v6M12 17.6v1.2"/>`,
  stable: markup`<circle cx="12" cy="12" r="10.5"/><path class="on" d="m7 12.5 3.6 3.6L17.2 8.6"/>`,
  'insufficient-data': markup`<rect x="1.5" y="1.5" width="21" height="21" rx="5"/><path class="on" d="M6.5 12h.01M12 12h.01M17.5 12h.01"/>`,
};

/** The shape that stands for a verdict: a triangle, a disc, a square with an ellipsis. Drawn once, used by reference. */
export const iconDefinitions: Markup = markup`<svg class="defs" width="0" height="0" aria-hidden="true">${Object.entries(
  SHAPES,
).map(
  ([verdict, shape]) => markup`<symbol id="icon-${verdict}" viewBox="0 0 24 24">${shape}</symbol>`,
)}</svg>`;

/** Shape and word of a verdict, in its colour. */
export function verdictTag(verdict: DriftVerdict): Markup {
  return markup`<span class="verdict ${verdict}">${verdictIcon(verdict)}${verdictWords[verdict]}</span>`;
}

/** The shape alone, for where the word stands beside it. */
export function verdictIcon(verdict: DriftVerdict): Markup {
  return markup`<svg class="icon" aria-hidden="true"><use href="#icon-${verdict}"/></svg>`;
}
