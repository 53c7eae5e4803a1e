import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of ../fixtures. */
export function readFixture<Fixture>(name: string): Fixture {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures', name), 'utf8')) as Fixture;
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
