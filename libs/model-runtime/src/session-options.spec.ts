import { describe, expect, it } from '@jest/globals';
import { nativeSessionOptions } from './session-options.ts';

describe('nativeSessionOptions', () => {
  it('uses one thread that does not spin unless told otherwise', () => {
    expect(nativeSessionOptions()).toMatchObject({
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    expect(nativeSessionOptions({ threads: 2, spinning: true })).toMatchObject({
      intraOpNumThreads: 2,
      extra: { session: { intra_op: { allow_spinning: '1' } } },
    });
  });
});
