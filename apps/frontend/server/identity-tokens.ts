import { AssayError } from '@assay/schema';

/** Tokens that prove to a service on Cloud Run who calls. */
export interface IdentityTokens {
  /**
   * A token that holds for another minute at least.
   *
   * @throws AssayError `service-unreachable` where none can be had
   */
  current(): Promise<string>;
}

export interface IdentityTokenOptions {
  /** Whom the token is for: the service's URL. */
  readonly audience: string;
  /** Host of the metadata server. */
  readonly host: string;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?(): number;
}

interface Token {
  readonly token: string;
  /** Until when it is used, milliseconds since 1970. */
  readonly until: number;
}

/** A token is not used in the last part of its life, milliseconds. */
const SPARE_MS = 60_000;

/** The metadata server answers in milliseconds; one that does not by then is not there. */
const PATIENCE_MS = 10_000;

/**
 * Identity tokens of the account that this process runs as, from the metadata server: one request an hour.
 * https://cloud.google.com/run/docs/authenticating/service-to-service
 */
export function identityTokens({ audience, host, now = Date.now }: IdentityTokenOptions): IdentityTokens {
  const url = new URL(`http://${host}/computeMetadata/v1/instance/service-accounts/default/identity`);
  url.searchParams.set('audience', audience);
  let held: Token | undefined;
  let fetching: Promise<Token> | undefined;

  const fetchToken = async (): Promise<Token> => {
    const response = await fetch(url, {
      headers: { 'Metadata-Flavor': 'Google' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`status ${response.status}`);
    return { token: text.trim(), until: expiryOf(text) - SPARE_MS };
  };

  return {
    async current() {
      if (held !== undefined && held.until > now()) return held.token;
      try {
        fetching ??= fetchToken().finally(() => (fetching = undefined));
        held = await fetching;
        return held.token;
      } catch (cause) {
        throw new AssayError(
          'service-unreachable',
          'No identity token could be had, so the services cannot be asked. Outside of Google Cloud set SERVICE_AUTH=none.',
          { cause },
        );
      }
    },
  };
}

/** When a token ends, milliseconds since 1970. @param token JSON Web Token */
function expiryOf(token: string): number {
  const [, payload = ''] = token.split('.');
  const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp: number };
  return exp * 1000;
}
