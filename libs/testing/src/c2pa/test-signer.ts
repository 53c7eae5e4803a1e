import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, der, octets, oid, sequence, truth, utcTime, utf8 } from './der.ts';

/** Who signs in tests: a certificate, and the one that vouches for it. */
export interface TestSigner {
  /** X.509 in DER, the signer's first. */
  readonly certificates: readonly Uint8Array[];
  /** The certificate that vouches for it, in PEM. */
  readonly anchor: string;
  /** P-256, PKCS #8 in PEM. */
  readonly privateKey: string;
}

export interface TestSignerOptions {
  readonly name?: string;
  readonly organisation?: string;
  /** Default: from yesterday until in thirty days. */
  readonly validUntil?: Date;
}

const DAY = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'));

/** Makes keys and certificates as the C2PA specification asks for them (14.5: digital signature, e-mail protection). */
export function makeTestSigner(options: TestSignerOptions = {}): TestSigner {
  const { name = 'Test Signer', organisation = 'Assay tests' } = options;
  const validUntil = options.validUntil ?? new Date(Date.now() + 30 * DAY);
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name: `${organisation} root`, organisation };
  const by = { issuer, key: authority.privateKey, publicKey: authority.publicKey, validUntil };
  const root = certificate({
    ...by,
    subject: issuer,
    subjectKey: authority.publicKey,
    usage: [critical('2.5.29.19', sequence(truth)), critical('2.5.29.15', bits(Buffer.of(0x06), 1))],
  });
  const leaf = certificate({
    ...by,
    subject: { name, organisation },
    subjectKey: signer.publicKey,
    usage: [
      critical('2.5.29.19', sequence()),
      critical('2.5.29.15', bits(Buffer.of(0x80), 7)),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.4'))),
    ],
  });
  return {
    certificates: [leaf, root],
    anchor: `-----BEGIN CERTIFICATE-----\n${root.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    privateKey: signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

interface Person {
  readonly name: string;
  readonly organisation: string;
}

interface CertificateFacts {
  readonly subject: Person;
  readonly subjectKey: KeyObject;
  readonly issuer: Person;
  readonly key: KeyObject;
  readonly publicKey: KeyObject;
  readonly usage: readonly Buffer[];
  readonly validUntil: Date;
}

/** A certificate of version 3 (RFC 5280). */
function certificate(facts: CertificateFacts): Buffer {
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    person(facts.issuer),
    sequence(utcTime(new Date(facts.validUntil.getTime() - 60 * DAY)), utcTime(facts.validUntil)),
    person(facts.subject),
    facts.subjectKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        ...facts.usage,
        extension('2.5.29.14', octets(keyId(facts.subjectKey))),
        extension('2.5.29.35', sequence(der(0x80, keyId(facts.publicKey)))),
      ),
    ),
  );
  return sequence(body, ECDSA_WITH_SHA256, bits(sign('sha256', body, facts.key)));
}

const person = ({ name, organisation }: Person) =>
  sequence(attribute('2.5.4.10', organisation), attribute('2.5.4.3', name));
const attribute = (type: string, value: string) => der(0x31, sequence(oid(type), utf8(value)));
const extension = (type: string, value: Uint8Array) => sequence(oid(type), octets(value));
const critical = (type: string, value: Uint8Array) => sequence(oid(type), truth, octets(value));
const keyId = (key: KeyObject) =>
  createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
