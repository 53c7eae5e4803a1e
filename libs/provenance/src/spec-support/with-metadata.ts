import { textChunk, withChunks, type PngChunk } from '@assay/testing';

/** A JPEG file with segments after its start: EXIF and XMP are `APP1`. */
export function withSegments(jpeg: Uint8Array, ...contents: readonly Uint8Array[]): Buffer {
  const segments = contents.map((content) => {
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([head, content]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

export const exifSegment = (exif: Uint8Array) => Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
export const xmpSegment = (xmp: string) => Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`);
export const xmpChunk = (xmp: string): PngChunk => textChunk('XML:com.adobe.xmp', xmp);
export const exifChunk = (exif: Uint8Array): PngChunk => ({ type: 'eXIf', data: exif });
export { withChunks };

/** An XMP packet around properties in XML. */
export function makeXmp(properties: string): string {
  return (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description' +
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"' +
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ` xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#">${properties}` +
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
  );
}
