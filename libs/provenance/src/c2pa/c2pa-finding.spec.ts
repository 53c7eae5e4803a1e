import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { c2paFinding as c2paSchema } from '@assay/schema';
import { c2paFinding } from './c2pa-finding.ts';

const source = (code: string) => `http://cv.iptc.org/newscodes/digitalsourcetype/${code}`;
const created = (code: string) => ({ action: 'c2pa.created', digitalSourceType: source(code) });
const manifest = (actions: readonly object[], ingredients: readonly object[] = []) => ({
  signature_info: { common_name: 'A signer', issuer: 'An issuer', alg: 'Es256' },
  assertions: [{ label: 'c2pa.actions.v2', data: { actions } }],
  ingredients,
});
const store = (
  manifests: Readonly<Record<string, object>>,
  rest: object = { validation_state: 'Valid' },
) => ({
  active_manifest: 'a',
  manifests,
  ...rest,
});
const failing = (state: string, ...codes: readonly string[]) => ({
  validation_state: state,
  validation_results: { activeManifest: { failure: codes.map((code) => ({ code })) } },
});
const one = (rest: object) => c2paFinding(store({ a: manifest([created('digitalCapture')]) }, rest));

describe('the grade of a manifest', () => {
  it.each([
    [failing('Trusted'), 'trusted', 'captured'],
    [failing('Valid', 'signingCredential.untrusted'), 'intact', 'captured'],
    [failing('Invalid', 'signingCredential.untrusted', 'assertion.dataHash.mismatch'), 'tampered', 'unknown'],
    [failing('Invalid', 'claimSignature.mismatch'), 'tampered', 'unknown'],
    [failing('Invalid', 'assertion.missing'), 'tampered', 'unknown'],
    // Nobody changed anything: the signature alone does not hold.
    [failing('Invalid', 'signingCredential.expired'), 'declared', 'captured'],
    [{}, 'declared', 'captured'],
    [{ validation_state: { toString: 'Trusted' } }, 'declared', 'captured'],
  ])('of %j is %s', (rest, grade, origin) => {
    expect(one(rest)).toMatchObject({ grade, origin });
  });

  it('is tampered where an ingredient was changed after it was put in', () => {
    const rest = {
      validation_state: 'Invalid',
      validation_results: {
        activeManifest: { failure: [] },
        ingredientDeltas: [
          { validationDeltas: { failure: [{ code: 'ingredient.claimSignature.mismatch' }] } },
        ],
      },
    };
    expect(one(rest)).toMatchObject({
      grade: 'tampered',
      faults: [{ code: 'ingredient.claimSignature.mismatch' }],
    });
  });

  it('is in the statement, and so is that an untrusted signer only uses a name', () => {
    expect(one(failing('Trusted'))?.statement).toBe(
      'Signed by “A signer”, who is vouched for, and unchanged since; the signature says that it was taken by a camera.',
    );
    expect(one(failing('Valid'))?.statement).toMatch(
      /by one who uses the name “A signer” and is not vouched for/,
    );
    expect(one(failing('Invalid', 'claimSignature.mismatch'))?.statement).toMatch(
      /^The file was changed after/,
    );
  });
});

describe('the origin that a manifest claims', () => {
  const parent = [{ active_manifest: 'b', relationship: 'parentOf', title: 'before.png' }];
  const component = [{ active_manifest: 'b', relationship: 'componentOf' }];
  const edit = { action: 'c2pa.color_adjustments' };

  it.each([
    ['generated', store({ a: manifest([created('trainedAlgorithmicMedia')]) }), 'ai-generated'],
    ['captured', store({ a: manifest([created('digitalCapture')]) }), 'captured'],
    ['captured and edited', store({ a: manifest([created('digitalCapture'), edit]) }), 'edited'],
    [
      'generated, edited by another program',
      store({
        a: manifest([{ action: 'c2pa.opened' }, edit], parent),
        b: manifest([created('trainedAlgorithmicMedia')]),
      }),
      'ai-generated',
    ],
    [
      'with a generated part placed in it',
      store({
        a: manifest([created('digitalCapture')], component),
        b: manifest([created('trainedAlgorithmicMedia')]),
      }),
      'ai-edited',
    ],
    [
      'with a part filled in by a generator',
      store({
        a: manifest(
          [{ action: 'c2pa.edited', digitalSourceType: source('trainedAlgorithmicMedia') }],
          parent,
        ),
        b: manifest([created('digitalCapture')]),
      }),
      'ai-edited',
    ],
    ['that says nothing', store({ a: manifest([{ action: 'c2pa.published' }]) }), 'unknown'],
    [
      'of a store that leads to itself',
      store({ a: manifest([], [{ active_manifest: 'a', relationship: 'parentOf' }]) }),
      'unknown',
    ],
    [
      'of two manifests that are made from each other',
      store({
        a: manifest([], parent),
        b: manifest([created('digitalCapture')], [{ active_manifest: 'a', relationship: 'parentOf' }]),
      }),
      'captured',
    ],
  ])('%s', (_name, json, origin) => {
    expect(c2paFinding(json)?.origin).toBe(origin);
  });

  it('comes with the claims in words, of the active manifest first', () => {
    const json = store({
      a: manifest(
        [{ action: 'c2pa.cropped', softwareAgent: 'Editor 2', when: '2024-01-01T00:00:00Z' }],
        parent,
      ),
      b: manifest([{ ...created('trainedAlgorithmicMedia'), softwareAgent: { name: 'Gen', version: '3' } }]),
    });
    expect(c2paFinding(json)).toMatchObject({
      claims: [
        { action: 'c2pa.cropped', statement: 'cropped', software: 'Editor 2', time: '2024-01-01T00:00:00Z' },
        { action: 'c2pa.created', statement: 'created, made by a trained model', software: 'Gen 3' },
      ],
      ingredients: [{ title: 'before.png', relationship: 'parentOf' }],
    });
  });
});

describe('a manifest store of any shape', () => {
  it('gives no finding without an active manifest', () => {
    for (const json of [undefined, null, 7, [], {}, { active_manifest: 'constructor', manifests: {} }])
      expect(c2paFinding(json)).toBeUndefined();
  });

  it('never throws, and its finding keeps the bounds of the schema', () => {
    const names = [
      'action',
      'digitalSourceType',
      'softwareAgent',
      'title',
      'relationship',
      'active_manifest',
      'label',
      'data',
      'code',
      'failure',
    ];
    const anything = fc.object({
      key: fc.constantFrom(...names),
      maxDepth: 4,
      values: [fc.string(), fc.integer(), fc.constant('a')],
    });
    fc.assert(
      fc.property(anything, anything, fc.array(anything), (info, results, list) => {
        const active = { signature_info: info, assertions: list, ingredients: list, ...info };
        const found = c2paFinding({
          active_manifest: 'a',
          manifests: { a: active },
          validation_results: results,
        });
        expect(c2paSchema.safeParse(found).error).toBeUndefined();
      }),
    );
    const many = Array.from({ length: 10_000 }, () => ({
      action: 'x'.repeat(10_000),
      softwareAgent: '<img onerror=1>',
    }));
    expect(c2paSchema.safeParse(c2paFinding(store({ a: manifest(many, many) }))).error).toBeUndefined();
  });
});
