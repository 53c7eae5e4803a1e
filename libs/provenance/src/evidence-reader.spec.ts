import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeImage } from '@assay/preprocessing';
import { evidence, type Evidence } from '@assay/schema';
import {
  changePixel,
  createdManifest,
  makePng,
  makeTestSigner,
  signImage,
  textChunk,
  withChunks,
} from '@assay/testing';
import { createEvidenceReader, type EvidenceReader } from './evidence-reader.ts';
import { makeExif } from './spec-support/make-exif.ts';
import {
  exifChunk,
  exifSegment,
  makeXmp,
  withSegments,
  xmpChunk,
  xmpSegment,
} from './spec-support/with-metadata.ts';

const png = makePng(24, 16, (x, y) => [x * 9, y * 14, 77]);
const pixels = { width: 16, height: 16, channels: 3, data: new Uint8Array(16 * 16 * 3).fill(99) } as const;
const camera = {
  Make: 'Canon',
  Model: 'EOS 5D',
  Software: 'GIMP 2.10',
  DateTimeOriginal: '2024:05:01 12:00:00',
  OffsetTimeOriginal: '+02:00',
  ExposureTime: [1, 250],
  FNumber: [28, 10],
  ISOSpeedRatings: 100,
} as const;
const xmp = makeXmp(
  '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic</Iptc4xmpExt:DigitalSourceType>' +
    '<xmp:CreatorTool>Adobe Firefly</xmp:CreatorTool><xmpMM:History><rdf:Seq>' +
    '<rdf:li stEvt:softwareAgent="Adobe Photoshop 25.0" stEvt:when="2024-01-01T00:00:00Z"/></rdf:Seq></xmpMM:History>',
);
const brief = ({ findings }: Evidence) =>
  findings.map(({ kind, grade, origin }) => `${kind} ${grade} ${origin}`);

/** Patient: a test asks what is found, and not how busy its machine is. */
const reader = createEvidenceReader({ timeLimit: 900_000 });
const read = async (bytes: Uint8Array, by: EvidenceReader = reader): Promise<Evidence> => {
  const found = await by.read(bytes);
  expect(evidence.safeParse(found).error).toBeUndefined();
  return found;
};

describe('evidence of metadata', () => {
  const everything = [
    'generator declared ai-generated',
    'iptc declared ai-edited',
    'exif declared captured',
    'software declared edited',
    'software declared edited',
  ];

  it('is read of a JPEG file', async () => {
    const jpeg = await encodeImage(pixels, 'jpeg');
    const found = await read(withSegments(jpeg, exifSegment(makeExif(camera)), xmpSegment(xmp)));
    expect(brief(found)).toEqual(everything);
    expect(found.findings[2]).toMatchObject({
      make: 'Canon',
      model: 'EOS 5D',
      time: '2024-05-01T12:00:00+02:00',
      exposure: '1/250 s, f/2.8, ISO 100',
      hasLocation: false,
    });
    expect(found.summary).toMatch(/“Adobe Firefly”.* Not all findings agree\.$/);
    expect(found.unread).toEqual([]);
  });

  it('is read of a PNG file, XMP compressed or not', async () => {
    const packed = {
      type: 'zTXt',
      data: Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0'), deflateSync(xmp)]),
    };
    for (const chunk of [xmpChunk(xmp), packed])
      expect(brief(await read(withChunks(png, exifChunk(makeExif(camera)), chunk)))).toEqual(everything);
  });

  it('is read of the comment of a JPEG file, in either order of bytes', async () => {
    const text = 'a cat\nSteps: 20, Seed: 7';
    const little = Buffer.from(text, 'utf16le');
    const jpeg = await encodeImage(pixels, 'jpeg');
    for (const encoded of [little, Buffer.from(little).swap16()]) {
      const UserComment = Buffer.concat([Buffer.from('UNICODE\0', 'latin1'), encoded]);
      const found = await read(withSegments(jpeg, exifSegment(makeExif({ UserComment }))));
      expect(found.findings).toMatchObject([{ kind: 'generator', prompt: 'a cat', seed: '7' }]);
    }
  });

  it('is not there in a file without any', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const found = await read(await encodeImage(pixels, format));
      expect(found).toEqual({ summary: expect.stringMatching(/says nothing/), findings: [], unread: [] });
    }
  });
});

describe('evidence of a C2PA manifest', () => {
  const signer = makeTestSigner({ name: 'Test Signer' });
  let signed: Buffer;
  beforeAll(async () => {
    signed = await signImage(png, { format: 'png', signer });
  });

  it('is intact where nobody vouches for the signer', async () => {
    const { findings } = await read(signed);
    expect(findings).toMatchObject([
      {
        kind: 'c2pa',
        grade: 'intact',
        origin: 'ai-generated',
        signer: { name: 'Test Signer', issuer: 'Assay tests', algorithm: 'Es256' },
        generator: 'Test generator 1',
        claims: [{ action: 'c2pa.created', software: 'Test camera' }],
        faults: [],
      },
    ]);
  });

  it('is trusted where an anchor vouches for the signer, and only then', async () => {
    const trusting = (trustAnchors: string) => createEvidenceReader({ trustAnchors, timeLimit: 900_000 });
    expect(brief(await read(signed, trusting(signer.anchor)))).toEqual(['c2pa trusted ai-generated']);
    expect(brief(await read(signed, trusting(makeTestSigner().anchor)))).toEqual([
      'c2pa intact ai-generated',
    ]);
  });

  it('is tampered where one bit of one pixel is changed, and does not speak for its origin any more', async () => {
    const { findings } = await read(changePixel(signed));
    expect(findings).toMatchObject([
      { grade: 'tampered', origin: 'unknown', faults: [{ code: 'assertion.dataHash.mismatch' }] },
    ]);
  });

  it('is tampered wherever a bit after the manifest is changed', async () => {
    const start = signed.indexOf('IDAT') - 4;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start, max: signed.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const changed = Buffer.from(signed);
          changed[at] = changed[at]! ^ (1 << bit);
          expect(
            (await read(changed)).findings.every(({ grade }) => grade === 'tampered' || grade === 'declared'),
          ).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is declared where the certificate had expired: nothing was changed, and nothing is proven', async () => {
    const expired = makeTestSigner({ validUntil: new Date(Date.now() - 86_400_000) });
    const manifest = createdManifest('digitalCapture');
    const jpeg = await encodeImage(pixels, 'jpeg');
    const { findings } = await read(await signImage(jpeg, { format: 'jpeg', signer: expired, manifest }));
    expect(findings).toMatchObject([
      { grade: 'declared', origin: 'captured', faults: [{ code: 'signingCredential.expired' }] },
    ]);
  });

  it('is not fetched from where the file says it is', async () => {
    const elsewhere = makeXmp('<dcterms:provenance>http://127.0.0.1:1/manifest.c2pa</dcterms:provenance>');
    const found = await read(withChunks(png, xmpChunk(elsewhere)));
    expect(found.unread).toEqual([
      { part: 'C2PA manifest', reason: 'is kept elsewhere on the network; nothing is fetched' },
    ]);
  });

  it('needs anchors that are certificates', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    for (const trustAnchors of ['', 'no certificate', broken])
      expect(() => createEvidenceReader({ trustAnchors })).toThrow(
        /Expected trust anchors as X\.509 certificates/,
      );
  });
});

describe('a hostile file', () => {
  it.each(['no image', '', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'])(
    'that is no image says nothing: %j',
    async (text) => {
      expect(await read(Buffer.from(text))).toMatchObject({ findings: [], unread: [{ part: 'the file' }] });
    },
  );

  it('cannot grow: compressed texts beyond a bound are not read, the others are', async () => {
    const bomb = {
      type: 'zTXt',
      data: Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(64 * 2 ** 20))]),
    };
    const found = await read(withChunks(png, bomb, textChunk('Software', 'GIMP 2.10')));
    expect(brief(found)).toEqual(['software declared edited']);
    expect(found.unread).toEqual([{ part: 'a compressed text', reason: 'grows beyond 4194304 bytes' }]);
  });

  it('cannot take long: XMP beyond a bound is not parsed, the rest is read', async () => {
    const large = makeXmp(`<a>${'<b>c</b>'.repeat(1_000_000)}</a>`);
    const found = await read(withChunks(png, xmpChunk(large), textChunk('Software', 'GIMP 2.10')));
    expect(brief(found)).toEqual(['software declared edited']);
    expect(found.unread).toMatchObject([
      { part: 'XMP', reason: expect.stringMatching(/^has \d+ bytes; up to 262144/) },
    ]);
  });

  it.each([
    ['entities that grow', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'],
    ['nesting without end', makeXmp(`${'<a>'.repeat(30_000)}${'</a>'.repeat(30_000)}`)],
    ['XML that is cut off', makeXmp('').slice(0, 200)],
  ])('with %s in XMP has the rest read', async (_name, packet) => {
    const found = await read(withChunks(png, xmpChunk(packet), textChunk('Software', 'GIMP 2.10')));
    expect(brief(found)).toEqual(['software declared edited']);
  });

  it('with EXIF of ten megabytes keeps to the bounds of an answer', async () => {
    const UserComment = Buffer.concat([
      Buffer.from('ASCII\0\0\0'),
      Buffer.alloc(10_000_000, 'A\nSteps: 1, '),
    ]);
    const found = await read(withChunks(png, exifChunk(makeExif({ ...camera, UserComment }))));
    expect(JSON.stringify(found).length).toBeLessThan(20_000);
  });

  it('with EXIF directories that lead to each other ends', async () => {
    const exif = makeExif(camera);
    const loop = Buffer.from(exif);
    const pointer = exif.indexOf(Buffer.from([0x69, 0x87, 4, 0]));
    loop.writeUInt32LE(8, pointer + 8);
    expect(brief(await read(withChunks(png, exifChunk(loop))))).toContain('software declared edited');
  });

  it('cannot turn the direction of text, hide text, or speak in two lines', async () => {
    const hostile = '\u202e<script>alert(1)</script>\u0000\u200b\r\nTrusted: yes';
    const found = await read(withChunks(png, textChunk('Software', hostile)));
    expect(found.findings).toMatchObject([{ software: '<script>alert(1)</script> Trusted: yes' }]);
  });

  it('that takes all time or memory costs its own evidence and no other', async () => {
    const slow = createEvidenceReader({
      entry: new URL('./spec-support/spinning.process.ts', import.meta.url),
      timeLimit: 200,
    });
    const late = {
      findings: [],
      unread: [{ part: 'the rest of the file', reason: 'could not be read within 200 ms' }],
    };
    expect(await Promise.all([slow.read(png), slow.read(png)])).toMatchObject([late, late]);
    const greedy = createEvidenceReader({
      entry: new URL('./spec-support/greedy.process.ts', import.meta.url),
      timeLimit: 900_000,
    });
    const found = await greedy.read(png);
    expect(brief(found)).toEqual(['software declared edited']);
    expect(found.unread).toMatchObject([{ reason: expect.stringContaining('memory') }]);
  });

  it('never makes it throw, however it is cut off or changed', async () => {
    const signer = makeTestSigner();
    const jpeg = withSegments(
      await encodeImage(pixels, 'jpeg'),
      exifSegment(makeExif(camera)),
      xmpSegment(xmp),
    );
    const files = [
      await signImage(jpeg, { format: 'jpeg', signer }),
      withChunks(png, textChunk('parameters', 'a\nSteps: 1'), xmpChunk(xmp), exifChunk(makeExif(camera))),
    ];
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.double({ min: 0, max: 1, noNaN: true }),
        flips,
        async (file, share, changes) => {
          // Half of the files are whole.
          const cut = Buffer.from(
            file.subarray(0, 12 + Math.ceil((file.length - 12) * Math.min(1, 2 * share))),
          );
          for (const [at, by] of changes) cut[at % cut.length] = cut[at % cut.length]! ^ by;
          await read(cut);
        },
      ),
      { numRuns: 60 },
    );
    // It is still there after them all.
    expect(brief(await read(files[1]!))).toContain('exif declared captured');
  });

  it('waits its turn, and too many are refused', async () => {
    const short = createEvidenceReader({ queueLimit: 2, timeLimit: 900_000 });
    const results = await Promise.allSettled([short.read(png), short.read(png), short.read(png)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(results[2]).toMatchObject({ reason: { code: 'overloaded' } });
    expect((await short.read(png)).findings).toEqual([]);
  });
});
