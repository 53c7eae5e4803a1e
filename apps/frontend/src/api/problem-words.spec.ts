import { problems } from '@assay/schema';
import { describe, expect, it } from '@jest/globals';
import { ApiError, isAway, offlineProblem, problemOf } from './problem.ts';
import { PROBLEM_WORDS, wordsFor } from './problem-words.ts';

const refusal = (code: string, status = 400) => new ApiError({ code, status, title: 'T', detail: 'D' });

describe('a refusal in words', () => {
  it('is there only for codes that a service can give, and for no answer at all', () => {
    const codes = Object.keys(PROBLEM_WORDS).filter((code) => code !== 'offline');
    expect(Object.keys(problems)).toEqual(expect.arrayContaining(codes));
  });

  it('says what to do, in sentences', () => {
    for (const { title, advice } of Object.values(PROBLEM_WORDS)) {
      expect(title).not.toMatch(/[.!]$/);
      expect(advice).toMatch(/\.$/);
    }
  });

  it('is the service’s own where the page has none better', () => {
    expect(wordsFor(refusal('query-too-large'))).toEqual({ title: 'T', advice: 'D' });
  });

  it('is there for faults of the page too', () => {
    expect(wordsFor(new TypeError('x is undefined')).advice).toMatch(/^x is undefined/);
  });
});

describe('a service that is away', () => {
  it('is told from a refusal that stays', () => {
    expect(isAway(new ApiError(offlineProblem))).toBe(true);
    expect(
      ['service-unreachable', 'service-timeout', 'not-ready', 'shutting-down'].every((code) =>
        isAway(refusal(code)),
      ),
    ).toBe(true);
    expect(isAway(refusal('unreadable-image'))).toBe(false);
    expect(isAway(new Error('x'))).toBe(false);
  });
});

describe('the body of a refusal', () => {
  it('is read as far as it is a problem document', () => {
    expect(problemOf({ code: 'no-file', title: 'T', detail: 'D' }, 400)).toEqual({
      code: 'no-file',
      title: 'T',
      detail: 'D',
      status: 400,
    });
    expect(problemOf('<html>', 502)).toMatchObject({
      code: 'internal',
      status: 502,
      detail: expect.stringContaining('502'),
    });
    expect(problemOf({ code: 7 }, 500).code).toBe('internal');
  });
});
