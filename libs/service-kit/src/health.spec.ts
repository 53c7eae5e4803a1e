import { describe, expect, it } from '@jest/globals';
import { createHealth } from './health.ts';

describe('health', () => {
  it('is not ready until start-up ended', () => {
    const health = createHealth();
    expect(() => health.assertReady()).toThrow('starting');
    health.ready();
    expect(() => health.assertReady()).not.toThrow();
  });

  it('tells why start-up failed', () => {
    const health = createHealth();
    health.fail('model "birds" is broken');
    expect(() => health.assertReady()).toThrow('model "birds" is broken');
  });

  it('is not ready any more once it broke down, and ready again when that passed', () => {
    let reason: string | undefined;
    const health = createHealth(() => reason);
    health.ready();
    reason = 'all workers are gone';
    expect(() => health.assertReady()).toThrow('all workers are gone');
    reason = undefined;
    expect(() => health.assertReady()).not.toThrow();
  });

  it('stays stopping once it stops, even if start-up ends after that', () => {
    const health = createHealth();
    health.stop();
    health.ready();
    expect(health.current.state).toBe('stopping');
    expect(() => health.assertReady()).toThrow('takes nothing new');
  });
});
