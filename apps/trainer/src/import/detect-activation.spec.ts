import { describe, expect, it } from '@jest/globals';
import { detectActivation } from './detect-activation.ts';

const found = (width: number, values: number[], operator?: string) => {
  const detection = detectActivation({ width, values: Float32Array.from(values), operator });
  return 'activation' in detection ? detection.activation : 'unknown';
};

describe('the activation of a model', () => {
  it('is told from what it gives', () => {
    expect(found(2, [0.3, 0.7, 1, 0])).toBe('softmax');
    expect(found(2, [0.3, 0.7, 1.2, -0.2])).toBe('none');
    expect(found(2, [0.3, 0.6, 0.1, 0.2])).toBe('none');
    expect(found(3, [-0.1, -3, -5])).toBe('none');
    expect(found(1, [0.2, 7])).toBe('none');
    expect(found(1, [0.2, -0.1], 'Sigmoid')).toBe('none');
    expect(found(1, [0.2, 0.9], 'Sigmoid')).toBe('sigmoid');
  });

  it('is left to people where it cannot be told', () => {
    expect(found(1, [0.2, 0.9])).toBe('unknown');
    expect(found(3, [0.9, 0.8, 0.7], 'Sigmoid')).toBe('unknown');
  });
});
