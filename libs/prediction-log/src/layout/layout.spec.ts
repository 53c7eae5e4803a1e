import { describe, expect, it } from '@jest/globals';
import { compactedKey, hourFolder, readKey, sinkKey } from './log-object.ts';
import { uuidTime } from './uuid-time.ts';
import { checkWindow, hourOf } from './window.ts';

const hour = Date.UTC(2026, 4, 1, 7);

describe('the keys of the log', () => {
  it('file by the UTC hour', () => {
    expect(hourFolder('feedback', hour)).toBe('feedback/2026-05-01/07/');
    expect(hourOf(hour + 3_599_999)).toBe(hour);
    expect(hourOf(hour + 3_600_000)).toBe(hour + 3_600_000);
  });

  it('tell what is in the object', () => {
    expect(readKey(sinkKey('predictions', hour, 'a-000001'))).toEqual({
      topic: 'predictions',
      hour,
      kind: 'lines',
      exact: true,
    });
    expect(readKey('feedback/2026-05-01/07/2026-05-01T07:00:00+00:00_a1b2.jsonl')).toEqual({
      topic: 'feedback',
      hour,
      kind: 'lines',
      exact: false,
    });
    expect(readKey(compactedKey('predictions', hour, 'a'))).toMatchObject({ kind: 'compacted', exact: true });
    expect(readKey('predictions/2026-05-01/07/compacted-v2-a.parquet')).toMatchObject({ kind: 'newer' });
  });

  it.each([
    'reports/2026-05-01/07/a.jsonl',
    'predictions/2026-05-01/24/a.jsonl',
    'predictions/2026-13-01/07/a.jsonl',
    'predictions/2026-05-01/a.jsonl',
    'predictions/2026-05-01/07/a.txt',
    'predictions/2026-05-01/07/other.parquet',
  ])('leave %s to others', (key) => {
    expect(readKey(key)).toBeUndefined();
  });
});

describe('a UUIDv7', () => {
  it('says when it was made', () => {
    // RFC 9562, appendix A.6.
    expect(uuidTime('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
    expect(uuidTime('5c146b14-3c52-4afd-938a-375d0df1fbf6')).toBeUndefined();
  });
});

describe('a window', () => {
  it('begins before it ends', () => {
    const [from, to] = [new Date(hour), new Date(hour + 1)];
    expect(checkWindow({ from, to })).toEqual({ from, to });
    expect(() => checkWindow({ from, to: from })).toThrow(
      'Expected a window that begins before it ends, received 2026-05-01T07:00:00.000Z to 2026-05-01T07:00:00.000Z.',
    );
    expect(() => checkWindow({ from: new Date('soon'), to })).toThrow('received no date');
  });
});
