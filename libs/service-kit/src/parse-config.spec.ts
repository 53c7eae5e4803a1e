import { describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import { z } from 'zod';
import { oneOf, parseConfig, urlOf, wholeNumber } from './parse-config.ts';

const schema = z.object({
  PORT: wholeNumber({ min: 0, max: 65_535, default: 8081 }),
  LEVEL: oneOf(['debug', 'info'], 'info'),
  BUCKET: z.string(),
});

function faultsOf(environment: Record<string, string>): AssayError {
  try {
    parseConfig(schema, environment);
  } catch (error) {
    if (error instanceof AssayError) return error;
  }
  throw new Error('expected an AssayError');
}

describe('parseConfig', () => {
  it('reads values and fills in defaults', () => {
    expect(parseConfig(schema, { BUCKET: 'b', PORT: '80' })).toEqual({
      PORT: 80,
      LEVEL: 'info',
      BUCKET: 'b',
    });
  });

  it('takes a variable set to nothing as unset', () => {
    expect(parseConfig(schema, { BUCKET: 'b', PORT: ' ' }).PORT).toBe(8081);
  });

  it('lists every fault with its variable, and no value', () => {
    const error = faultsOf({ PORT: 'secret-1', LEVEL: 'secret-2' });
    expect(error.code).toBe('invalid-configuration');
    expect(error.extensions.variables).toEqual(['PORT', 'LEVEL', 'BUCKET']);
    expect(error.message).toContain('PORT: expected a whole number from 0 to 65535');
    expect(error.message).toContain('LEVEL: expected one of debug, info');
    expect(error.message).toContain('BUCKET: is required and not set');
    expect(error.message).not.toContain('secret');
  });

  it.each(['-1', '65536', '1e3', '0x10', '80.5', '80 MB', '9'.repeat(30)])('refuses %s as a port', (PORT) => {
    expect(faultsOf({ BUCKET: 'b', PORT }).message).toContain('PORT: expected a whole number');
  });

  it('takes URLs of the kinds that it knows, and no kind alone', () => {
    const store = z.object({ STORE: urlOf(['file:', 'gs://'], 'file:here') });
    const read = (STORE?: string) => parseConfig(store, { STORE }).STORE;
    expect([read(), read('gs://bucket'), read('file:a')]).toEqual(['file:here', 'gs://bucket', 'file:a']);
    for (const wrong of ['gs://', 's3://secret', 'bucket'])
      expect(() => read(wrong)).toThrow(/STORE: expected a URL that begins with file: or gs:\/\/$/);
  });

  it('freezes what it returns, deeply', () => {
    const nested = z.object({ A: z.string().transform((text) => ({ inner: [text] })) });
    const config = parseConfig(nested, { A: 'a' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.A.inner)).toBe(true);
  });
});
