import { describe, expect, it } from '@jest/globals';
import { AssayError } from '@assay/schema';
import { toAssayError } from './error-mapping.ts';

const of = (members: object) => Object.assign(new Error('words of the library'), members);

describe('toAssayError', () => {
  it('keeps an AssayError as it is', () => {
    const error = new AssayError('no-file', 'expected a file');
    expect(toAssayError(error)).toBe(error);
  });

  it.each([
    [new URIError('URI malformed'), 'bad-request'],
    [of({ status: 400, type: 'entity.parse.failed' }), 'malformed-json'],
    [of({ status: 413, type: 'entity.too.large' }), 'upload-too-large'],
    [of({ status: 415, type: 'encoding.unsupported' }), 'unsupported-media-type'],
    [of({ status: 400, type: 'request.aborted' }), 'request-aborted'],
    [of({ name: 'MulterError', code: 'LIMIT_FILE_SIZE' }), 'upload-too-large'],
    [of({ name: 'MulterError', code: 'LIMIT_FILE_COUNT' }), 'too-many-files'],
    [of({ name: 'MulterError', code: 'LIMIT_PART_COUNT' }), 'malformed-multipart'],
    [of({ status: 404 }), 'not-found'],
    [of({ status: 418 }), 'bad-request'],
    [of({ status: 502 }), 'internal'],
    [new TypeError('x is not a function'), 'internal'],
    ['a string', 'internal'],
    [undefined, 'internal'],
    [null, 'internal'],
  ])('maps %s to %s', (thrown, code) => {
    const error = toAssayError(thrown);
    expect(error.code).toBe(code);
    expect(error.cause).toBe(thrown);
  });

  it('tells nothing of a fault of ours', () => {
    expect(toAssayError(new Error('/etc/passwd')).message).not.toContain('passwd');
  });

  it('passes on what a library says about the request', () => {
    expect(toAssayError(of({ status: 400 })).message).toContain('words of the library');
  });
});
