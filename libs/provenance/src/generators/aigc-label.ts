import { present } from '../clean-text.ts';
import { firstOf } from '../metadata/metadata.ts';
import { objectOf, parseObject, settingsOf, textIn, type FindMark, type Mark } from './mark.ts';

/** The implicit label that Chinese law asks of generators (GB 45438-2025): JSON under the name `AIGC`, in XMP, a PNG text or EXIF. */
export const aigcLabel: FindMark = (metadata) => {
  const field = firstOf(metadata, ['xmp', 'AIGC'], ['png', 'AIGC'], ['exif', 'UserComment']);
  const outer = parseObject(field?.text);
  if (field === undefined || outer === undefined) return undefined;
  const label = objectOf(outer.AIGC) ?? (field.place.endsWith('AIGC') ? outer : undefined);
  // 1: generated; 2: possibly, 3: suspected. Only the first is said by whoever made it.
  if (label === undefined || textIn(label.Label) !== '1') return undefined;
  return present<Mark>({
    generator: textIn(label.ContentProducer) ?? 'AI service (AIGC label)',
    place: field.place,
    settings: settingsOf(label, 'ProduceID', 'ContentPropagator', 'PropagateID'),
  });
};
