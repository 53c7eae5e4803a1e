import { OAuth2Client } from 'google-auth-library';
import { AssayError } from '@assay/schema';

/** Google's names of itself in the tokens that it signs: https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions */
const ISSUERS = ['accounts.google.com', 'https://accounts.google.com'];

/** Who may push. */
export interface PushIdentity {
  /** What the push subscription names as audience of its tokens, by default the URL that it pushes to. */
  audience: string;
  /** E-mail of the service account in whose name the subscription pushes. */
  serviceAccount: string;
}

/** Certificates by key id, in PEM. */
export type Certificates = () => Promise<Record<string, string>>;

/**
 * Checks the OpenID Connect token of a push: signed by Google and not expired, meant for this service, and from
 * the service account of the subscription.
 *
 * @param certificates Google's, fetched and kept for as long as they say, unless others are given
 * @returns a function that takes the header `Authorization`. @throws AssayError `invalid-token` where it proves nothing,
 *   `bus-unavailable` where the certificates cannot be fetched
 */
export function tokenVerifier(
  { audience, serviceAccount }: PushIdentity,
  certificates?: Certificates,
): (authorization: string | undefined) => Promise<void> {
  const client = new OAuth2Client();
  const fetchCertificates = certificates ?? (async () => (await client.getFederatedSignonCertsAsync()).certs);

  return async (authorization) => {
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined)
      throw refusal('expected the header "Authorization: Bearer" with a token of Google, received none');
    const known = await fetchCertificates().catch((cause: unknown) => {
      throw new AssayError(
        'bus-unavailable',
        `The certificates of Google, with which tokens are checked, cannot be fetched: ${(cause as Error).message}.`,
        { cause },
      );
    });
    // What the library says of a token quotes it: that stays out of the answer.
    const ticket = await client
      .verifySignedJwtWithCertsAsync(token, known, audience, ISSUERS)
      .catch((cause: unknown) => {
        throw refusal(`expected a valid token of Google for the audience "${audience}"`, cause);
      });
    const { email, email_verified: verified } = ticket.getPayload() ?? {};
    if (email !== serviceAccount || verified !== true)
      throw refusal(`expected a token of ${serviceAccount}, received one of ${email ?? 'nobody'}`);
  };
}

function refusal(detail: string, cause?: unknown): AssayError {
  return new AssayError('invalid-token', `The push is refused: ${detail}.`, { cause });
}
