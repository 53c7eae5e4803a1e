import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { preprocessingSpec } from '@assay/schema';
import { preprocessingPresets } from './preprocessing-presets.ts';
import { readPreprocessing } from './read-preprocessing.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-spec-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, 'spec.yaml');
  writeFileSync(path, text);
  return path;
}

describe('a preprocessing spec', () => {
  it.each(Object.entries(preprocessingPresets))('can be the preset %s, which is complete', (name, preset) => {
    expect(readPreprocessing(name)).toBe(preset);
    expect(preprocessingSpec.parse(preset)).toEqual(preset);
  });

  it('takes features that are only named as they are', () => {
    expect(readPreprocessing(file('features: [a, { name: b, mean: 2, std: 3 }]'))).toEqual({
      kind: 'tabular',
      features: [
        { name: 'a', mean: 0, std: 1 },
        { name: 'b', mean: 2, std: 3 },
      ],
    });
  });

  it('is refused with the keys that are wrong', () => {
    expect(() => readPreprocessing(file('resize: { mode: shrink }\nextra: 1'))).toThrow(
      /resize.*spec\.yaml/s,
    );
    expect(() => readPreprocessing(file('a: ['))).toThrow('not valid YAML');
  });
});
