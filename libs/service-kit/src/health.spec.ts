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

  it('stays stopping once it stops, even if start-up ends after that', () => {
    const health = createHealth();
    health.stop();
    health.ready();
    expect(health.current.state).toBe('stopping');
    expect(() => health.assertReady()).toThrow('takes nothing new');
  });
});
