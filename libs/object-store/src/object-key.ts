import { AssayError } from '@assay/schema';

/** Cloud Storage's limit on a whole name, and that of most file systems on one part of it. Bytes. */
const LONGEST = { key: 1024, segment: 255 } as const;

/**
 * Accepts keys that mean the same in a folder and in a cloud bucket: parts divided by `/`, none of them empty or
 * beginning with a dot (so that no key leaves the folder or meets its bookkeeping), no backslash, no control
 * character.
 *
 * @throws AssayError `invalid-object-key`.
 */
export function checkKey(key: string): void {
  const fault = faultOf(key);
  if (fault !== undefined)
    throw new AssayError(
      'invalid-object-key',
      `${JSON.stringify(key)} cannot name an object: ${fault}. Expected parts divided by "/", such as reports/2026/07.json.`,
    );
}

/**
 * A prefix is the beginning of a key, so it may end anywhere, but not step out of the store.
 *
 * @throws AssayError `invalid-object-key`.
 */
export function checkPrefix(prefix: string): void {
  if (prefix !== '') checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}

function faultOf(key: string): string | undefined {
  if (key === '') return 'it is empty';
  if (!key.isWellFormed()) return 'it is not valid Unicode';
  if (Buffer.byteLength(key) > LONGEST.key) return `it is longer than ${LONGEST.key} bytes`;
  // eslint-disable-next-line no-control-regex -- Control characters are what is looked for.
  if (/[\u0000-\u001f\u007f\\]/.test(key)) return 'it holds a backslash or a control character';
  for (const segment of key.split('/')) {
    if (segment === '') return 'a part of it is empty';
    if (segment.startsWith('.')) return `the part "${segment}" begins with a dot`;
    if (Buffer.byteLength(segment) > LONGEST.segment)
      return `a part of it is longer than ${LONGEST.segment} bytes`;
  }
  return undefined;
}
