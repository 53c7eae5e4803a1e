import { describe, expect, it } from '@jest/globals';
import { parseRows } from './parse-rows.ts';

describe('rows of features', () => {
  it.each([
    ['{"features": {"a": 1}}', { features: { a: 1 } }],
    ['{"a": 1}', { features: { a: 1 } }],
    ['{}', { features: {} }],
    // A feature may have the name of a wrapper.
    ['{"features": 1, "b": 2}', { features: { features: 1, b: 2 } }],
    ['{"rows": 1}', { features: { rows: 1 } }],
    ['[{"a": 1}, {"features": {"a": 2}}]', { rows: [{ a: 1 }, { a: 2 }] }],
    ['{"rows": [{"a": 1}]}', { rows: [{ a: 1 }] }],
    // What is no row is left to the model to refuse by its index.
    ['[{"a": 1}, 7]', { rows: [{ a: 1 }, 7] }],
  ])('are found in %s', (text, expected) => {
    expect(parseRows(text)).toEqual(expected);
  });

  it.each([
    ['{"a": ', 'malformed-json'],
    ['[]', 'invalid-features'],
    ['{"rows": []}', 'invalid-features'],
    ['null', 'invalid-features'],
    ['"text"', 'invalid-features'],
  ])('are not found in %s', (text, code) => {
    expect(() => parseRows(text)).toThrow(expect.objectContaining({ code }));
  });
});
