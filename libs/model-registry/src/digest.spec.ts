import { describe, expect, it } from '@jest/globals';
import { packageDigest, sha256Of } from './digest.ts';

describe('packageDigest', () => {
  const a = { path: 'a', bytes: 0, sha256: '0'.repeat(64) };
  const b = { path: 'b', bytes: 0, sha256: '1'.repeat(64) };

  it('is the sha256 of the sorted sha256sum lines, whatever the order of the files', () => {
    const lines = `${a.sha256}  a\n${b.sha256}  b\n`;
    expect(packageDigest([b, a])).toBe(sha256Of(lines));
    expect(packageDigest([a, b])).toBe(sha256Of(lines));
  });

  it('changes with a path or a content', () => {
    expect(packageDigest([a])).not.toBe(packageDigest([{ ...a, path: 'c' }]));
    expect(packageDigest([a])).not.toBe(packageDigest([{ ...a, sha256: b.sha256 }]));
  });
});

describe('sha256Of', () => {
  it('agrees with the test vector of FIPS 180-4', () => {
    expect(sha256Of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
