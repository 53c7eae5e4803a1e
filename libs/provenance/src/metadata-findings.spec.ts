import { describe, expect, it } from '@jest/globals';
import { readSourceTerm } from './digital-source-type.ts';
import { isoTime } from './iso-time.ts';
import { metadataFindings } from './metadata-findings.ts';
import { metadataOf } from './spec-support/metadata-of.ts';

describe('a digital source type', () => {
  it.each([
    ['http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia', 'ai-generated'],
    ['trainedAlgorithmicMedia', 'ai-generated'],
    ['http://c2pa.org/digitalsourcetype/trainedAlgorithmicData', 'ai-generated'],
    ['digsrctype:compositeWithTrainedAlgorithmicMedia', 'ai-edited'],
    ['http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture', 'captured'],
    ['http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits/', 'edited'],
    ['http://example.org/constructor', 'unknown'],
    ['something else', 'unknown'],
  ])('%s speaks for %s', (value, origin) => {
    expect(readSourceTerm(value)?.origin).toBe(origin);
  });

  it.each([[undefined], [''], [7]])('is not read of %j', (value) =>
    expect(readSourceTerm(value)).toBeUndefined(),
  );
});

describe('a time', () => {
  it.each([
    ['2024:05:01 12:00:00', '+02:00', '2024-05-01T12:00:00+02:00'],
    ['2024:05:01 12:00:00', undefined, '2024-05-01T12:00:00'],
    ['2024-05-01T12:00:00.123Z', '+02:00', '2024-05-01T12:00:00Z'],
    ['0000:00:00 00:00:00', undefined, undefined],
    ['2024:05:01 12:00:00', '<b>', '2024-05-01T12:00:00'],
    ['yesterday', undefined, undefined],
  ])('%s with offset %s is %s', (text, offset, iso) => expect(isoTime(text, offset)).toBe(iso));
});

describe('findings of metadata', () => {
  it('name camera, time and exposure, and whether a place is named but not which', () => {
    const exif = {
      Make: 'Canon',
      Model: 'Canon EOS 5D',
      LensModel: 'EF50mm',
      DateTimeOriginal: '2024:05:01 12:00:00',
      ExposureTime: '1/250',
      FNumber: 'f/2.8',
      ISOSpeedRatings: '100',
      FocalLength: '50 mm',
      GPSLatitude: '51.5',
    };
    expect(metadataFindings(metadataOf({ exif }))).toEqual([
      {
        kind: 'exif',
        grade: 'declared',
        origin: 'captured',
        statement:
          'The file says that it was taken with “Canon EOS 5D” on 2024-05-01 at 12:00:00; anybody can write that.',
        make: 'Canon',
        model: 'Canon EOS 5D',
        lens: 'EF50mm',
        time: '2024-05-01T12:00:00',
        exposure: '1/250 s, f/2.8, ISO 100, 50 mm',
        hasLocation: true,
      },
    ]);
  });

  it('do not take a name alone for a picture that was taken', () => {
    expect(metadataFindings(metadataOf({ exif: { Make: 'Epson', Model: 'V600' } }))).toMatchObject([
      { kind: 'exif', origin: 'unknown', hasLocation: false },
    ]);
  });

  it('tell editors from what only writes files, each once, the latest of a history first', () => {
    const found = metadataFindings(
      metadataOf(
        {
          exif: { Software: 'HDR+ 1.0', DateTime: '2024:01:01 00:00:00' },
          xmp: { CreatorTool: 'Adobe Photoshop 25.0' },
          png: { Software: 'Adobe Photoshop 25.0' },
        },
        [
          { software: 'Camera Raw 15' },
          { software: 'Adobe Lightroom 7', time: '2024-02-02T00:00:00Z' },
          ...Array.from({ length: 1000 }, (_, index) => ({ software: `Snapseed ${index}` })),
        ],
      ),
    );
    expect(found).toMatchObject([
      { software: 'HDR+ 1.0', origin: 'unknown', time: '2024-01-01T00:00:00' },
      { software: 'Adobe Photoshop 25.0', origin: 'edited', place: 'XMP CreatorTool' },
      { software: 'Snapseed 999', place: 'XMP History' },
      { software: 'Snapseed 998' },
    ]);
  });

  it('are all declared: anybody can write text', () => {
    const found = metadataFindings(
      metadataOf({
        exif: { Make: 'Canon', Software: 'GIMP' },
        xmp: { DigitalSourceType: 'digitalCapture', CreatorTool: 'Midjourney' },
      }),
    );
    expect(found.map(({ kind, grade }) => [kind, grade])).toEqual([
      ['generator', 'declared'],
      ['iptc', 'declared'],
      ['exif', 'declared'],
      ['software', 'declared'],
    ]);
  });

  it('are none where nothing is said', () => expect(metadataFindings(metadataOf({}))).toEqual([]));
});
