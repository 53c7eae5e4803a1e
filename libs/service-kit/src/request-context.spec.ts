import { describe, expect, it } from '@jest/globals';
import { traceOf } from './request-context.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('traceOf', () => {
  it('reads the W3C header', () => {
    expect(traceOf(`00-${trace}-00f067aa0ba902b7-01`, undefined)).toBe(trace);
  });

  it("reads Google's header, with or without span and options", () => {
    expect(traceOf(undefined, `${trace.toUpperCase()}/123;o=1`)).toBe(trace);
    expect(traceOf(undefined, trace)).toBe(trace);
  });

  it('prefers the W3C header', () => {
    expect(traceOf(`00-${trace}-00f067aa0ba902b7-01`, `${'a'.repeat(32)}/1`)).toBe(trace);
  });

  it.each([
    `ff-${trace}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace}`,
    'x',
    '',
  ])('takes nothing from "%s"', (header) => {
    expect(traceOf(header, undefined)).toBeUndefined();
  });
});
