import { createSign, generateKeyPairSync } from 'node:crypto';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs tokens as Google does for pushes: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions */
export function pusher(identity: { audience: string; serviceAccount: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'https://accounts.google.com',
    aud: identity.audience,
    sub: '1',
    email: identity.serviceAccount,
    email_verified: true,
    iat: now,
    exp: now + 3600,
  };
  const signed = `${base64({ alg: 'RS256', kid: 'key-1', typ: 'JWT' })}.${base64(claims)}`;
  const token = `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  return {
    /** What the other side checks tokens with. */
    certificates: async () => ({ 'key-1': publicKey.export({ type: 'spki', format: 'pem' }).toString() }),
    async push(url: string, event: unknown, authorization = `Bearer ${token}`) {
      const data = Buffer.from(JSON.stringify(event)).toString('base64');
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({
          message: { data, messageId: '1' },
          subscription: 'projects/p/subscriptions/s',
        }),
      });
      return response.status;
    },
  };
}
