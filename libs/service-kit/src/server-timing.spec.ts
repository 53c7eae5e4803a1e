import { describe, expect, it } from '@jest/globals';
import { serverTiming } from './server-timing.ts';

describe('serverTiming', () => {
  it('writes the stages in their order, in milliseconds', () => {
    expect(serverTiming({ decode: 4.128, inference: 7 })).toBe('decode;dur=4.13, inference;dur=7.00');
    expect(serverTiming({})).toBe('');
  });
});
