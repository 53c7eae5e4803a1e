/**
 * Value of the `Server-Timing` header (W3C): where the time of an answer went, in the order given.
 *
 * @param stages milliseconds by stage; names are HTTP tokens
 * @example serverTiming({ decode: 4.1234, inference: 7 }) // 'decode;dur=4.12, inference;dur=7.00'
 */
export function serverTiming(stages: Readonly<Record<string, number>>): string {
  return Object.entries(stages)
    .map(([stage, milliseconds]) => `${stage};dur=${milliseconds.toFixed(2)}`)
    .join(', ');
}
