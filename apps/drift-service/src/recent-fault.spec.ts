import { describe, expect, it } from '@jest/globals';
import { recentFault } from './recent-fault.ts';

describe('a recent fault', () => {
  it('is forgotten when it was not told for a while', () => {
    let now = 0;
    const fault = recentFault(1000, () => now);
    expect(fault.current).toBeUndefined();
    fault.tell('away');
    now = 999;
    expect(fault.current).toBe('away');
    fault.tell('away still');
    now = 1998;
    expect(fault.current).toBe('away still');
    now = 1999;
    expect(fault.current).toBeUndefined();
  });
});
