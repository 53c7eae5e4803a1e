import type { DriftVerdict } from '@assay/schema';
import { verdictWords } from '../wording/verdict-words.ts';
import { markup, type Markup } from './markup.ts';

const SHAPES: Readonly<Record<DriftVerdict, Markup>> = {
  drifted: markup`<path d="M12 2.5 23 21.5H1Z"/><path class="on" d="M12 9v6M12 17.6v1.2"/>`,
  stable: markup`<circle cx="12" cy="12" r="10.5"/><path class="on" d="m7 12.5 3.6 3.6L17.2 8.6"/>`,
  'insufficient-data': markup`<path d="M12 1.5 22.5 12 12 22.5 1.5 12Z"/><path class="on" d="M9.4 9.6a2.7 2.7 0 1 1 4 2.4c-1 .5-1.4 1-1.4 2.1M12 16.4v1.2"/>`,
};

/** The shape that stands for a verdict: a triangle, a disc, a diamond. Drawn once, used by reference. */
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
