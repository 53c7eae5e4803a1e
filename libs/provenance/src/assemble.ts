import {
  MAX_EVIDENCE_ITEMS,
  type Evidence,
  type EvidenceFinding,
  type EvidenceGrade,
  type EvidenceKind,
} from '@assay/schema';
import { cleanText } from './clean-text.ts';
import type { Unread } from './metadata/read-metadata.ts';

const byGrade: readonly EvidenceGrade[] = ['tampered', 'trusted', 'intact', 'declared'];
const byKind: readonly EvidenceKind[] = ['c2pa', 'generator', 'iptc', 'exif', 'software'];

const NOTHING = 'The file says nothing of its origin. Most files do not, whatever they show.';

/** Puts findings in order, the weightiest first, and says them in one sentence. */
export function assemble(findings: readonly EvidenceFinding[], unread: readonly Unread[]): Evidence {
  const ordered = findings
    .toSorted(
      (a, b) =>
        byGrade.indexOf(a.grade) - byGrade.indexOf(b.grade) ||
        byKind.indexOf(a.kind) - byKind.indexOf(b.kind),
    )
    .slice(0, MAX_EVIDENCE_ITEMS);
  return {
    summary: cleanText(summaryOf(ordered)) ?? NOTHING,
    findings: ordered,
    unread: unread.slice(0, MAX_EVIDENCE_ITEMS).map(({ part, reason }) => ({
      part: cleanText(part) ?? 'a part',
      reason: cleanText(reason) ?? 'could not be read',
    })),
  };
}

function summaryOf(findings: readonly EvidenceFinding[]): string {
  const [first] = findings;
  if (first === undefined) return NOTHING;
  const origins = new Set(findings.map(({ origin }) => sideOf(origin)).filter((side) => side !== undefined));
  return origins.size > 1 ? `${first.statement} Not all findings agree.` : first.statement;
}

/** Generated, or taken by a camera: the two that contradict each other. */
function sideOf(origin: EvidenceFinding['origin']): 'generated' | 'captured' | undefined {
  if (origin === 'ai-generated') return 'generated';
  return origin === 'captured' ? 'captured' : undefined;
}
