import { describe, expect, it } from '@jest/globals';
import { findingFacts } from './finding-facts.ts';

const common = { origin: 'ai-generated', statement: 'Says so.' } as const;

describe('what a finding says in detail', () => {
  it('is who signed, what is claimed and what does not hold, for a C2PA manifest', () => {
    const facts = findingFacts({
      kind: 'c2pa',
      grade: 'tampered',
      ...common,
      signer: { name: 'A camera', issuer: 'A maker' },
      claims: [{ action: 'c2pa.created', statement: 'Created', software: 'Painter' }],
      ingredients: [{ relationship: 'parentOf' }],
      faults: [{ code: 'assertion.dataHash.mismatch', explanation: 'The hash differs' }],
    });
    expect(facts).toEqual([
      ['Signed by', 'A camera, A maker'],
      ['Claims', 'Created, Painter'],
      ['Made from', 'parentOf'],
      ['Does not hold', 'The hash differs, assertion.dataHash.mismatch'],
    ]);
  });

  it('is only what the file has', () => {
    expect(
      findingFacts({ kind: 'exif', grade: 'declared', ...common, make: 'Maker', hasLocation: true }),
    ).toEqual([
      ['Camera', 'Maker'],
      ['Place', 'named in the file; not repeated here'],
    ]);
    expect(
      findingFacts({ kind: 'software', grade: 'declared', ...common, software: 'Editor', place: 'XMP' }),
    ).toEqual([
      ['Program', 'Editor'],
      ['Written in', 'XMP'],
    ]);
    expect(
      findingFacts({
        kind: 'generator',
        grade: 'declared',
        ...common,
        generator: 'Generator',
        place: 'PNG text "parameters"',
        prompt: '<script>alert(1)</script>',
        settings: [{ name: 'steps', value: '20' }],
      }),
    ).toEqual([
      ['Generator', 'Generator'],
      ['Prompt', '<script>alert(1)</script>'],
      ['steps', '20'],
      ['Written in', 'PNG text "parameters"'],
    ]);
  });
});
