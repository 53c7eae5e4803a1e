import { sign } from 'node:crypto';
import type { TestSigner } from './test-signer.ts';

/** Bytes that a signature takes in a file; the certificates are in it. */
export const COSE_SIZE = 4096;

/** A `COSE_Sign1` (RFC 9052) of a payload that is elsewhere, with the certificates in it (RFC 9360), padded to {@link COSE_SIZE}. */
export function coseSign(payload: Uint8Array, { certificates, privateKey }: TestSigner): Uint8Array {
  // { 1: -7 (ES256), 33: [certificates] }
  const header = cbor(
    5,
    2,
    cbor(0, 1),
    cbor(1, 6),
    cbor(0, 33),
    cbor(4, certificates.length, ...certificates.map(bytes)),
  );
  const signed = cbor(4, 4, text('Signature1'), bytes(header), bytes(Buffer.alloc(0)), bytes(payload));
  const signature = sign('sha256', signed, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const withPad = (length: number) =>
    Buffer.concat([
      Buffer.of(0xd2), // tag 18
      cbor(
        4,
        4,
        bytes(header),
        cbor(5, 1, text('pad'), bytes(Buffer.alloc(length))),
        Buffer.of(0xf6),
        bytes(signature),
      ),
    ]);
  const pad = 1024;
  return withPad(COSE_SIZE - (withPad(pad).length - pad));
}

/** A head of CBOR (RFC 8949) with what follows it. */
function cbor(major: number, value: number, ...content: readonly Uint8Array[]): Buffer {
  const head =
    value < 24
      ? [(major << 5) | value]
      : value < 256
        ? [(major << 5) | 24, value]
        : [(major << 5) | 25, value >> 8, value & 0xff];
  return Buffer.concat([Buffer.from(head), ...content]);
}

const bytes = (content: Uint8Array) => cbor(2, content.length, content);
const text = (content: string) => cbor(3, Buffer.byteLength(content), Buffer.from(content));
