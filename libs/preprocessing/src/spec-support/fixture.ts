import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON file of ../fixtures. */
export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures', name), 'utf8'));
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
