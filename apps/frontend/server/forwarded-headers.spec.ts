import { describe, expect, it } from '@jest/globals';
import { headersToCaller, headersToService } from './forwarded-headers.ts';

describe('forwarded headers', () => {
  it('leave out those of the connection, also those that the connection names itself', () => {
    expect(
      headersToService({ connection: 'close, X-Private', 'x-private': '1', te: 'trailers', 'x-kept': '2' }),
    ).toEqual({ 'x-kept': '2' });
    expect(headersToCaller({ 'transfer-encoding': 'chunked', 'content-type': 'text/plain' })).toEqual({
      'content-type': 'text/plain',
    });
  });

  it('tell a service nothing of who asks, and let it set no cookie', () => {
    expect(
      headersToService({
        cookie: 'a=1',
        authorization: 'x',
        origin: 'https://a',
        referer: 'https://a',
        host: 'a',
      }),
    ).toEqual({});
    expect(headersToCaller({ 'set-cookie': ['a=1'] })).toEqual({});
  });
});
