import { describe, expect, it } from '@jest/globals';
import { createAdmission } from './admission.ts';

describe('admission', () => {
  it('refuses beyond its limit and takes again once one is done, also one that failed', async () => {
    const admission = createAdmission(2);
    let fail = (_: Error) => {};
    const first = admission.run(() => new Promise((_resolve, reject) => (fail = reject)));
    let end = () => {};
    const second = admission.run(() => new Promise<void>((resolve) => (end = resolve)));
    expect(admission.inFlight).toBe(2);
    await expect(admission.run(async () => 0)).rejects.toMatchObject({
      code: 'overloaded',
      extensions: { retryAfterSeconds: 1 },
    });
    expect(() => admission.assertRoom()).toThrow('limit');
    fail(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    expect(await admission.run(async () => 3)).toBe(3);
    end();
    await second;
    expect(admission.inFlight).toBe(0);
  });
});
