import { describe, expect, it } from '@jest/globals';
import { createMailbox } from './mailbox.ts';
import { createSeen } from './seen.ts';

describe('a mailbox', () => {
  it('gives what was put in, in order, and waits for more until it is ended', async () => {
    const ending = new AbortController();
    const mailbox = createMailbox<number>({ room: 10, signal: ending.signal });
    const got: number[] = [];
    mailbox.push(1);
    mailbox.push(2);
    const reading = (async () => {
      for await (const item of mailbox) got.push(item);
    })();
    await new Promise(setImmediate);
    mailbox.push(3);
    await new Promise(setImmediate);
    expect(got).toEqual([1, 2, 3]);
    ending.abort();
    await reading;
  });

  it('is full at some time', () => {
    const mailbox = createMailbox<number>({ room: 2, signal: new AbortController().signal });
    expect([mailbox.push(1), mailbox.push(2), mailbox.push(3)]).toEqual([true, true, false]);
  });
});

describe('what was seen', () => {
  it('is remembered as far as there is room', () => {
    const isNew = createSeen(2);
    expect([isNew('a'), isNew('b'), isNew('a'), isNew('c'), isNew('a')]).toEqual([
      true,
      true,
      false,
      true,
      true,
    ]);
  });
});
