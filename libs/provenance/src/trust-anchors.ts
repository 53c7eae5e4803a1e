import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AssayError } from '@assay/schema';

/**
 * Reads the certificates that vouch for signers.
 *
 * @param file - certificates in PEM, one after another
 * @throws AssayError `invalid-configuration` where the file cannot be read, or is not whole certificates and at least one
 */
export async function readTrustAnchors(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AssayError('invalid-configuration', `The trust anchors cannot be read: no file "${file}".`, {
      cause,
    });
  });
  checkTrustAnchors(text);
  return text;
}

/** @throws AssayError `invalid-configuration` */
export function checkTrustAnchors(pem: string): void {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const expected =
    'Expected trust anchors as X.509 certificates in PEM, "-----BEGIN CERTIFICATE-----" and so on';
  if (blocks.length === 0) throw new AssayError('invalid-configuration', `${expected}; there is none.`);
  for (const [index, block] of blocks.entries()) {
    try {
      new X509Certificate(block);
    } catch (cause) {
      const which = `number ${index + 1} of ${blocks.length}`;
      throw new AssayError('invalid-configuration', `${expected}; ${which} cannot be read.`, { cause });
    }
  }
}
