import { createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { AssayError } from '@assay/schema';
import { openPushReceiver, type PushReceiver, type PushReceiverOptions } from '../index.ts';
import { collect, idsOf } from '../spec-support/collector.ts';
import { feedback, promotion } from '../spec-support/events.ts';

const audience = 'https://drift.example/events/models';
const serviceAccount = 'pusher@project.iam.gserviceaccount.com';
const code = (expected: string) => expect.objectContaining({ name: 'AssayError', code: expected });
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const google = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A token as Google signs it: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions */
function token(claims: Record<string, unknown> = {}, signer = google): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: 'https://accounts.google.com',
    aud: audience,
    sub: '113774264463038321964',
    email: serviceAccount,
    email_verified: true,
    iat: now,
    exp: now + 3600,
    ...claims,
  };
  const signed = `${base64({ alg: 'RS256', kid: 'key-1', typ: 'JWT' })}.${base64(payload)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(signer.privateKey, 'base64url')}`;
}

const push = (value: unknown, more: Record<string, unknown> = {}) => ({
  authorization: `Bearer ${token()}`,
  body: {
    message: {
      data: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64'),
      attributes: { 'content-type': 'application/cloudevents+json' },
      messageId: '2070443601311540',
      publishTime: '2026-05-01T07:00:00.000Z',
    },
    subscription: 'projects/project/subscriptions/models-reader',
    ...more,
  },
});

function receiver(
  options: Partial<PushReceiverOptions> & Pick<PushReceiverOptions, 'handler'>,
): Promise<PushReceiver> {
  const pem = google.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return openPushReceiver({
    topic: 'models',
    audience,
    serviceAccount,
    certificates: async () => ({ 'key-1': pem }),
    ...options,
  });
}

describe('a push of Pub/Sub', () => {
  it('is handed to the handler, and answered when it is settled', async () => {
    const got = collect();
    const { receive } = await receiver({ handler: got.handler });
    const first = receive(push(promotion(1), { deliveryAttempt: 3 }));
    const second = receive(push(promotion(2)));
    const [one, two] = await got.until(2);
    expect(idsOf([one!, two!])).toEqual(['promotion-1', 'promotion-2']);
    expect([one!.attempt, two!.attempt]).toEqual([3, 1]);
    expect(one!.event).toEqual(promotion(1));
    two!.nack();
    one!.ack();
    expect(await first).toBe(true);
    expect(await second).toBe(false);
  });

  it('comes again when the handler fails or takes too long', async () => {
    const errors: AssayError[] = [];
    const { receive } = await receiver({
      maxHoldMs: 20,
      onError: (error) => errors.push(error),
      handler({ event }) {
        if (event.id === 'promotion-1') throw new Error('no room');
      },
    });
    expect(await receive(push(promotion(1)))).toBe(false);
    expect(errors).toEqual([code('internal')]);
    expect(await receive(push(promotion(2)))).toBe(false);
  });

  it.each([
    ['no header', () => undefined],
    ['another scheme', () => 'Basic YTpi'],
    ['no token', () => 'Bearer nothing'],
    ['another signer', () => `Bearer ${token({}, stranger)}`],
    ['another audience', () => `Bearer ${token({ aud: 'https://elsewhere.example' })}`],
    ['another issuer', () => `Bearer ${token({ iss: 'https://accounts.example' })}`],
    ['an expired token', () => `Bearer ${token({ iat: 1_700_000_000, exp: 1_700_003_600 })}`],
    ['another account', () => `Bearer ${token({ email: 'else@project.iam.gserviceaccount.com' })}`],
    ['an e-mail that nobody verified', () => `Bearer ${token({ email_verified: false })}`],
    ['an unsigned token', () => `Bearer ${base64({ alg: 'none' })}.${base64({ aud: audience })}.x`],
  ])('is refused with %s', async (_name, authorization) => {
    const got = collect();
    const { receive } = await receiver({ handler: got.handler });
    const refused = receive({ ...push(promotion(1)), authorization: authorization() });
    await expect(refused).rejects.toEqual(code('invalid-token'));
    await expect(refused).rejects.toMatchObject({ status: 401 });
    await expect(refused).rejects.toThrow(/^The push is refused: expected [^.]{10,100}/);
    expect(got.deliveries).toEqual([]);
  });

  it('does not quote the token that it refuses', async () => {
    const secret = token({ aud: 'https://elsewhere.example' });
    const { receive } = await receiver({ handler: () => {} });
    const error = await receive({ ...push(promotion(1)), authorization: `Bearer ${secret}` }).catch(
      (refusal: unknown) => refusal as AssayError,
    );
    for (const part of secret.split('.')) expect((error as AssayError).message).not.toContain(part);
  });

  it('says when the certificates cannot be fetched', async () => {
    const certificates = () => Promise.reject(new Error('no network'));
    const { receive } = await receiver({ handler: () => {}, certificates });
    await expect(receive(push(promotion(1)))).rejects.toEqual(code('bus-unavailable'));
  });

  it('is refused where it holds no event of the topic, so that Pub/Sub parks it after the last attempt', async () => {
    const { receive } = await receiver({ handler: () => {} });
    await expect(receive({ ...push(promotion(1)), body: {} })).rejects.toEqual(code('bad-request'));
    await expect(receive({ ...push(promotion(1)), body: { message: { data: '*' } } })).rejects.toThrow(
      /message\.data: /,
    );
    for (const poison of ['', '{', { ...promotion(1), type: 'assay.model.promoted.v2' }, feedback(1)])
      await expect(receive(push(poison))).rejects.toEqual(code('invalid-event'));
  });

  it('is refused beyond what may be outstanding, and while the service shuts down', async () => {
    const got = collect();
    const { receive, drain } = await receiver({ handler: got.handler, maxOutstanding: 1, drainMs: 10 });
    const held = receive(push(promotion(1)));
    await got.until(1);
    await expect(receive(push(promotion(2)))).rejects.toEqual(code('overloaded'));
    const drained = drain();
    await expect(receive(push(promotion(3)))).rejects.toEqual(code('shutting-down'));
    await drained;
    expect(await held).toBe(false); // given back
  });
});
