/**
 * Text of an EXIF comment: eight bytes that name its encoding, then the text (CIPA DC-008, tag 0x9286). Two bytes a character come
 * in either order, whatever the order of the file: the zero bytes of Latin letters tell which.
 */
export function decodeComment(bytes: Uint8Array): string {
  const code = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const text = bytes.subarray(8);
  if (!code.startsWith('UNICODE')) return new TextDecoder().decode(text);
  let bigEndian = 0;
  for (let at = 0; at + 1 < Math.min(text.length, 256); at += 2)
    bigEndian += Number(text[at] === 0) - Number(text[at + 1] === 0);
  return new TextDecoder(bigEndian > 0 ? 'utf-16be' : 'utf-16le').decode(text);
}
