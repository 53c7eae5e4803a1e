/** Control characters, lone surrogates and whatever reorders or hides text; joiners that scripts and emoji need stay. */
const UNSAFE =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
/** More marks upon one letter than any language sets: they would run over the lines above and below. */
const PILED = /(\p{M}{4})\p{M}+/gu;

/** Text of clients as it may be shown: one line, in reading order, nothing invisible; what was taken out shows as `�`. */
export function cleanText(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(UNSAFE, '\ufffd')
    .replace(PILED, '$1');
}

/** How much of a text is shown, in characters (code points). */
export const LENGTHS = { name: 80, phrase: 120, sentence: 300, summary: 1000 } as const;

/** {@link cleanText}, and no longer than `length` code points; `…` stands for the rest. */
export function clip(text: string, length: number = LENGTHS.name): string {
  // However long the text is, only as much of it is read as can be shown.
  const head = text.slice(0, 2 * length + 2);
  const points = Array.from(cleanText(head));
  const whole = points.length <= length && head.length === text.length;
  return whole ? points.join('') : `${points.slice(0, length - 1).join('')}…`;
}
