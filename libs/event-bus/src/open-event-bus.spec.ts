import { describe, expect, it } from '@jest/globals';
import { openEventBus } from './index.ts';

describe('openEventBus', () => {
  it.each([
    ['kafka://broker', /unknown kind of bus.*Expected sqlite:FILE or pubsub:\/\/PROJECT/],
    ['sqlite:', /the file is missing/],
    ['sqlite:folder/', /the file is missing/],
    ['sqlite://host/events.db', /sqlite:\/\/\/var\/lib/],
    ['sqlite:%zz', /percent sign/],
    ['sqlite:a.db?max-bytes=1', /unknown parameter "max-bytes"; there are: max-megabytes, retention-days/],
    ['sqlite:a.db?max-megabytes=0', /"0" is not a whole number from 1/],
    ['sqlite:a.db?retention-days=1.5', /"1.5" is not a whole number/],
    ['pubsub://', /the id of a project/],
    ['pubsub://Project', /the id of a project/],
    ['pubsub://project/topic', /the id of a project/],
    ['pubsub://project-1?emulator=1', /unknown parameter "emulator"; there are: endpoint/],
    ['pubsub://project-1?endpoint=http://127.0.0.1:8085', /a host and a port/],
  ])('refuses %s', async (url, message) => {
    const opened = openEventBus(url);
    await expect(opened).rejects.toMatchObject({ code: 'invalid-configuration' });
    await expect(opened).rejects.toThrow(message);
  });

  it('refuses a policy that is none', async () => {
    await expect(openEventBus('sqlite:a.db', { policy: { maxAttempts: 0 } })).rejects.toThrow(
      /maxAttempts is 0: expected a whole number from 1/,
    );
    await expect(openEventBus('sqlite:a.db', { policy: { maxBackoffMs: 2 ** 31 } })).rejects.toThrow(
      /maxBackoffMs is 2147483648/,
    );
  });
});
