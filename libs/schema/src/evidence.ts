import { z } from 'zod';

/** Characters of a statement, name or value at most; what a file says beyond is cut off and ends with `…`. */
export const MAX_EVIDENCE_TEXT = 500;
/** Entries of each list of a finding at most. */
export const MAX_EVIDENCE_ITEMS = 32;

/** As the file has it, without control and direction characters; still a stranger's words: never markup. */
const text = z.string().max(MAX_EVIDENCE_TEXT);
/** As the file has it where it is a time at all; cameras know no time zone. */
const time = text.describe('ISO 8601; without a zone where the file names none');

export const evidenceGrade = z
  .enum(['declared', 'intact', 'trusted', 'tampered'])
  .describe(
    '`declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. ' +
      '`trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards',
  );
export type EvidenceGrade = z.infer<typeof evidenceGrade>;

export const evidenceOrigin = z
  .enum(['ai-generated', 'ai-edited', 'edited', 'captured', 'unknown'])
  .describe(
    'How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these',
  );
export type EvidenceOrigin = z.infer<typeof evidenceOrigin>;

const common = {
  grade: evidenceGrade,
  origin: evidenceOrigin,
  statement: text.describe('The finding in one sentence'),
};

export const digitalSourceType = z.strictObject({
  code: text.describe("Last part of the term's address, such as `trainedAlgorithmicMedia`"),
  name: text.describe('In words'),
});
/** A term of the IPTC vocabulary http://cv.iptc.org/newscodes/digitalsourcetype/. */
export type DigitalSourceType = z.infer<typeof digitalSourceType>;

export const c2paSigner = z.strictObject({
  name: text.optional().describe('Common name of the certificate'),
  issuer: text.optional().describe('Organisation that the certificate names'),
  algorithm: text.optional().describe('Such as `Es256`'),
  time: time.optional().describe('When it was signed, where a time stamp says so'),
});
export type C2paSigner = z.infer<typeof c2paSigner>;

export const c2paAction = z.strictObject({
  action: text.describe('Such as `c2pa.created` or `c2pa.edited`'),
  statement: text.describe('The action in words'),
  software: text.optional(),
  time: time.optional(),
  digitalSourceType: digitalSourceType.optional(),
});
/** What the signer claims to have been done. */
export type C2paAction = z.infer<typeof c2paAction>;

export const c2paFinding = z.strictObject({
  kind: z.literal('c2pa'),
  ...common,
  signer: c2paSigner.optional(),
  title: text.optional(),
  generator: text.optional().describe('Software that wrote the manifest'),
  claims: z.array(c2paAction).max(MAX_EVIDENCE_ITEMS),
  ingredients: z
    .array(z.strictObject({ title: text.optional(), relationship: text }))
    .max(MAX_EVIDENCE_ITEMS)
    .describe('Files that it was made from'),
  faults: z
    .array(z.strictObject({ code: text, explanation: text.optional() }))
    .max(MAX_EVIDENCE_ITEMS)
    .describe(
      'What did not hold when signature and hashes were checked, by the codes of the C2PA specification',
    ),
});
/** A signed C2PA manifest ("Content Credentials"). */
export type C2paFinding = z.infer<typeof c2paFinding>;

export const iptcFinding = z.strictObject({
  kind: z.literal('iptc'),
  ...common,
  digitalSourceType,
});
/** The IPTC property Digital Source Type, in XMP. */
export type IptcFinding = z.infer<typeof iptcFinding>;

export const generatorFinding = z.strictObject({
  kind: z.literal('generator'),
  ...common,
  generator: text.describe('Such as `Stable Diffusion web UI`'),
  place: text.describe('Where in the file it is written, such as `PNG text "parameters"`'),
  model: text.optional(),
  prompt: text.optional(),
  negativePrompt: text.optional(),
  seed: text.optional(),
  settings: z
    .array(z.strictObject({ name: text, value: text }))
    .max(MAX_EVIDENCE_ITEMS)
    .describe('Further settings, where they can be told apart'),
});
/** What an image generator writes into its files. */
export type GeneratorFinding = z.infer<typeof generatorFinding>;

export const exifFinding = z.strictObject({
  kind: z.literal('exif'),
  ...common,
  make: text.optional(),
  model: text.optional(),
  lens: text.optional(),
  time: time.optional().describe('When it was taken'),
  exposure: text.optional().describe('Such as `1/250 s, f/2.8, ISO 100, 50 mm`'),
  hasLocation: z.boolean().describe('Whether it names a place; which one is not repeated'),
});
/** The camera that the file names. */
export type ExifFinding = z.infer<typeof exifFinding>;

export const softwareFinding = z.strictObject({
  kind: z.literal('software'),
  ...common,
  software: text,
  place: text.describe('Where in the file it is written, such as `XMP CreatorTool`'),
  time: time.optional().describe('When the file was last changed, where it says so'),
});
/** A program that wrote or changed the file. */
export type SoftwareFinding = z.infer<typeof softwareFinding>;

export const evidenceFinding = z.discriminatedUnion('kind', [
  c2paFinding,
  iptcFinding,
  generatorFinding,
  exifFinding,
  softwareFinding,
]);
export type EvidenceFinding = z.infer<typeof evidenceFinding>;
export type EvidenceKind = EvidenceFinding['kind'];

export const evidence = z.strictObject({
  summary: text.describe('All findings in one sentence'),
  findings: z.array(evidenceFinding).max(MAX_EVIDENCE_ITEMS).describe('The weightiest first'),
  unread: z
    .array(z.strictObject({ part: text, reason: text }))
    .max(MAX_EVIDENCE_ITEMS)
    .describe('Parts of the file that could not be read, and why'),
});
/**
 * What a file says of its own origin. It stands beside the score and never enters it: text can be forged, and nearly all images
 * have none of it, so that its absence says nothing.
 */
export type Evidence = z.infer<typeof evidence>;
