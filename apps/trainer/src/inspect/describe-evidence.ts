import type { Evidence, EvidenceFinding } from '@assay/schema';

/** Evidence of one file as lines of text: one for all of it, then the findings with their details. */
export function describeEvidence(name: string, { summary, findings, unread }: Evidence): string[] {
  return [
    `${name}: ${summary}`,
    ...findings.flatMap((finding) => [
      `  ${finding.grade.padEnd(8)}  ${finding.kind.padEnd(9)}  ${finding.statement}`,
      ...detailsOf(finding).map(([what, value]) => `                       ${what}: ${value}`),
    ]),
    ...unread.map(({ part, reason }) => `  not read: ${part} ${reason}`),
  ];
}

function detailsOf(finding: EvidenceFinding): [what: string, value: string][] {
  const details = (all: Readonly<Record<string, string | undefined>>) =>
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  switch (finding.kind) {
    case 'c2pa':
      return [
        ...details({
          signer: [finding.signer?.name, finding.signer?.issuer].filter(Boolean).join(', ') || undefined,
          signed: finding.signer?.time,
          'written by': finding.generator,
        }),
        ...finding.claims.map(({ action, statement, software }): [string, string] => [
          action,
          software === undefined ? statement : `${statement} (${software})`,
        ]),
        ...finding.ingredients.map(({ title = 'without a title', relationship }): [string, string] => [
          relationship,
          title,
        ]),
        ...finding.faults.map(({ code, explanation = '' }): [string, string] => [code, explanation]),
      ];
    case 'iptc':
      return [];
    case 'generator':
      return [
        ...details({
          place: finding.place,
          model: finding.model,
          prompt: finding.prompt,
          'negative prompt': finding.negativePrompt,
          seed: finding.seed,
        }),
        ...finding.settings.map(({ name, value }): [string, string] => [name, value]),
      ];
    case 'exif':
      return details({
        lens: finding.lens,
        exposure: finding.exposure,
        location: finding.hasLocation ? 'is named' : undefined,
      });
    case 'software':
      return details({ place: finding.place, changed: finding.time });
  }
}
