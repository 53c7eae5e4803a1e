import type { EvidenceOrigin, IptcFinding } from '@assay/schema';
import { quoted } from './clean-text.ts';
import { readSourceTerm } from './digital-source-type.ts';
import { fieldOf, type Metadata } from './metadata/metadata.ts';

/** The IPTC property Digital Source Type, where the file has it. */
export function iptcFinding(metadata: Metadata): IptcFinding | undefined {
  const term = readSourceTerm(fieldOf(metadata, 'xmp', 'DigitalSourceType')?.text);
  if (term === undefined) return undefined;
  const { type, origin } = term;
  return {
    kind: 'iptc',
    grade: 'declared',
    origin,
    statement: `The file declares its digital source type as ${quoted(type.code)}, ${type.name}${weight[origin]}.`,
    digitalSourceType: type,
  };
}

const forgeable = '; anybody can write or remove that';
const weight: Readonly<Record<EvidenceOrigin, string>> = {
  'ai-generated': forgeable,
  'ai-edited': forgeable,
  edited: forgeable,
  captured: '; anybody can write that',
  unknown: '',
};
