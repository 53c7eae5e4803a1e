import { describe, expect, it } from '@jest/globals';
import { isWithinBudget } from './within-budget.ts';

const of = (accuracy: number, auroc?: number) => ({
  metrics: { accuracy, ...(auroc === undefined ? {} : { auroc }) },
});

describe('the accuracy budget', () => {
  it('allows a loss of just the budget, whatever rounding makes of it', () => {
    expect(0.93 - 0.925).toBeGreaterThan(0.005);
    expect(isWithinBudget(of(0.93), of(0.925), 0.005)).toBe(true);
    expect(isWithinBudget(of(0.93), of(0.924), 0.005)).toBe(false);
  });

  it('of nothing allows an equal or better model', () => {
    expect(isWithinBudget(of(0.9), of(0.9), 0)).toBe(true);
    expect(isWithinBudget(of(0.9), of(0.91), 0)).toBe(true);
    expect(isWithinBudget(of(0.9), of(0.89), 0)).toBe(false);
  });

  it('holds for AUROC as well where there is a positive label', () => {
    expect(isWithinBudget(of(0.9, 0.97), of(0.9, 0.96), 0.005)).toBe(false);
    expect(isWithinBudget(of(0.9, 0.97), of(0.898, 0.968), 0.005)).toBe(true);
  });

  it('does not take a model whose figures are not numbers', () => {
    expect(isWithinBudget(of(0.9, 0.97), of(0.9, Number.NaN), 1)).toBe(false);
    expect(isWithinBudget(of(0.9, 0.97), of(0.9), 1)).toBe(false);
  });
});
