import type { SoftwareFinding } from '@assay/schema';
import { cleanText, present, quoted } from './clean-text.ts';
import { generatorNamed } from './generators/named-generator.ts';
import { isoTime } from './iso-time.ts';
import { fieldOf, type Field, type Metadata } from './metadata/metadata.ts';

/** Programs that change pictures. Others only write files: cameras, scanners, libraries. */
const editors =
  /photoshop|lightroom|camera raw|gimp|affinity|pixelmator|darktable|rawtherapee|capture one|snapseed|picsart|facetune|faceapp|meitu|canva|paint\.net|krita|luminar|dxo|acdsee|photoscape|polarr|vsco|fotor|pixlr|photodirector|paintshop|remini/i;

/** Programs named beside each other at most: an edit history may have thousands of entries. */
const MOST = 4;

/** The programs that the file names, each once. Image generators are findings of their own. */
export function softwareFindings(metadata: Metadata): SoftwareFinding[] {
  const fields: (Field & { readonly time?: string | undefined })[] = (
    [
      ['exif', 'Software', metadata.groups.exif.get('DateTime')],
      ['exif', 'ProcessingSoftware', undefined],
      ['xmp', 'CreatorTool', metadata.groups.xmp.get('ModifyDate')],
      ['png', 'Software', undefined],
      ['iptc', 'Originating Program', undefined],
    ] as const
  ).flatMap(([group, name, time]) => {
    const field = fieldOf(metadata, group, name);
    return field === undefined ? [] : [{ ...field, time }];
  });
  const history = metadata.history.map(({ software, time }) => ({
    text: software,
    place: 'XMP History',
    time,
  }));
  const findings = new Map<string, SoftwareFinding>();
  for (const { text, place, time } of [...fields, ...history.toReversed()]) {
    const software = cleanText(text);
    if (findings.size === MOST) break;
    if (software === undefined || findings.has(software) || generatorNamed(software) !== undefined) continue;
    const isEditor = editors.test(software);
    const statement = isEditor
      ? `The file says that it was edited with ${quoted(software)}.`
      : `The file says that ${quoted(software)} wrote it.`;
    findings.set(
      software,
      present<SoftwareFinding>({
        kind: 'software',
        grade: 'declared',
        origin: isEditor ? 'edited' : 'unknown',
        statement,
        software,
        place,
        time: isoTime(time),
      }),
    );
  }
  return [...findings.values()];
}
