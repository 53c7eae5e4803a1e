import type { Evidence } from '../api/types.ts';
import { moment } from '../design/format.ts';

type Finding = Evidence['findings'][number];
type Facts = readonly (readonly [name: string, value: string])[];

/** What a finding says in detail: names and values, those that it has. */
export function findingFacts(finding: Finding): Facts {
  switch (finding.kind) {
    case 'c2pa': {
      const { signer, generator, claims, ingredients, faults } = finding;
      return [
        ...fact('Signed by', joined(signer?.name, signer?.issuer)),
        ...fact('Signed on', signer?.time === undefined ? undefined : moment(signer.time)),
        ...fact('Made with', generator),
        ...claims.flatMap(({ statement, software }) => fact('Claims', joined(statement, software))),
        ...ingredients.flatMap(({ title, relationship }) => fact('Made from', joined(title, relationship))),
        ...faults.flatMap(({ code, explanation }) => fact('Does not hold', joined(explanation, code))),
      ];
    }
    case 'iptc':
      return [['Source type', `${finding.digitalSourceType.name} (${finding.digitalSourceType.code})`]];
    case 'generator': {
      const { generator, model, prompt, negativePrompt, seed, settings, place } = finding;
      return [
        ['Generator', generator],
        ...fact('Model', model),
        ...fact('Prompt', prompt),
        ...fact('Negative prompt', negativePrompt),
        ...fact('Seed', seed),
        ...settings.map(({ name, value }) => [name, value] as const),
        ['Written in', place],
      ];
    }
    case 'exif': {
      const { make, model, lens, time, exposure, hasLocation } = finding;
      return [
        ...fact('Camera', joined(make, model)),
        ...fact('Lens', lens),
        ...fact('Taken', time),
        ...fact('Exposure', exposure),
        ...fact('Place', hasLocation ? 'named in the file; not repeated here' : undefined),
      ];
    }
    case 'software':
      return [
        ['Program', finding.software],
        ['Written in', finding.place],
        ...fact('Last changed', finding.time),
      ];
  }
}

function fact(name: string, value: string | undefined): Facts {
  return value === undefined || value === '' ? [] : [[name, value]];
}

/** `a, b`; one of them where the other is missing. */
function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}
