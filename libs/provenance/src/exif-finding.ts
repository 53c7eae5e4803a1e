import type { ExifFinding } from '@assay/schema';
import { cleanText, present, quoted } from './clean-text.ts';
import { isoTime } from './iso-time.ts';
import type { Metadata } from './metadata/metadata.ts';

/** The camera that the file names, where it names one. */
export function exifFinding({ groups: { exif } }: Metadata): ExifFinding | undefined {
  const tag = (name: string) => cleanText(exif.get(name));
  const make = tag('Make');
  const model = tag('Model');
  // ComfyUI keeps its graphs in these two.
  if ((make ?? model) === undefined || isGraph(make) || isGraph(model)) return undefined;
  const time = isoTime(exif.get('DateTimeOriginal'), exif.get('OffsetTimeOriginal'));
  const exposure = exposureOf(tag);
  const camera =
    model === undefined || make === undefined || startsAlike(model, make)
      ? (model ?? make)
      : `${make} ${model}`;
  const when = time === undefined ? '' : ` on ${time.replace('T', ' at ')}`;
  return present<ExifFinding>({
    kind: 'exif',
    grade: 'declared',
    // A name alone is in scans and edited files too; a time or an exposure speaks of a picture that was taken.
    origin: time !== undefined || exposure !== undefined ? 'captured' : 'unknown',
    statement: `The file says that it was taken with ${quoted(camera ?? '')}${when}; anybody can write that.`,
    make,
    model,
    lens: tag('LensModel'),
    time,
    exposure,
    hasLocation: exif.has('GPSLatitude'),
  });
}

const isGraph = (text: string | undefined) => text !== undefined && /^(prompt|workflow):\s*\{/i.test(text);

/** `Canon EOS 5D` of `Canon` is not said twice. */
const startsAlike = (model: string, make: string) =>
  model.toLowerCase().startsWith(make.toLowerCase().split(' ')[0] ?? make);

function exposureOf(tag: (name: string) => string | undefined): string | undefined {
  const [seconds, aperture, sensitivity, length] = [
    tag('ExposureTime'),
    tag('FNumber'),
    tag('ISOSpeedRatings'),
    tag('FocalLength'),
  ];
  const parts = [
    seconds === undefined ? undefined : `${seconds} s`,
    aperture,
    sensitivity === undefined ? undefined : `ISO ${sensitivity}`,
    length,
  ].filter((part) => part !== undefined);
  return cleanText(parts.join(', '));
}
