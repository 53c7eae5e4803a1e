import { describe, expect, it } from '@jest/globals';
import { frontend, listening } from './frontend.fixture.ts';
import { identityTokens } from './identity-tokens.ts';

/** A token that ends at a moment, milliseconds since 1970; unsigned, as nobody here checks it. */
const tokenUntil = (end: number, mark: string) =>
  `head.${Buffer.from(JSON.stringify({ exp: end / 1000, mark })).toString('base64url')}.signature`;

/** A metadata server: gives tokens that hold for an hour from `start` on. */
function metadata(start: number) {
  const asked: { url: string | undefined; flavour: unknown }[] = [];
  const server = listening(({ url, headers }, response) => {
    asked.push({ url, flavour: headers['metadata-flavor'] });
    response.end(tokenUntil(start + 3_600_000, String(asked.length)));
  });
  return { server, asked };
}

describe('an identity token', () => {
  it('is asked for in the way of Google Cloud, for the service that it is meant for', async () => {
    const { server, asked } = metadata(0);
    await using host = await server;
    const tokens = identityTokens({
      audience: 'https://inference.run.app',
      host: new URL(host.url).host,
      now: () => 0,
    });
    expect(await tokens.current()).toBe(tokenUntil(3_600_000, '1'));
    expect(asked).toEqual([
      {
        url: '/computeMetadata/v1/instance/service-accounts/default/identity?audience=https%3A%2F%2Finference.run.app',
        flavour: 'Google',
      },
    ]);
  });

  it('is used until a minute before its end, and fetched once for all who wait for it', async () => {
    const { server, asked } = metadata(0);
    await using host = await server;
    let now = 0;
    const tokens = identityTokens({ audience: 'https://a', host: new URL(host.url).host, now: () => now });
    const [first, second] = await Promise.all([tokens.current(), tokens.current()]);
    expect(second).toBe(first);
    now = 3_539_999;
    expect(await tokens.current()).toBe(first);
    expect(asked).toHaveLength(1);
    now = 3_540_000;
    expect(await tokens.current()).not.toBe(first);
    expect(asked).toHaveLength(2);
  });

  it('that cannot be had is a service that cannot be reached, and is asked for again', async () => {
    let isUp = false;
    await using host = await listening((_request, response) => {
      response.statusCode = isUp ? 200 : 500;
      response.end(isUp ? tokenUntil(3_600_000, 'up') : 'no');
    });
    const tokens = identityTokens({ audience: 'https://a', host: new URL(host.url).host, now: () => 0 });
    await expect(tokens.current()).rejects.toMatchObject({ code: 'service-unreachable' });
    isUp = true;
    expect(await tokens.current()).toBe(tokenUntil(3_600_000, 'up'));
  });

  it('goes with each forwarded request where that is asked for', async () => {
    const { server } = metadata(Date.now());
    await using host = await server;
    await using service = await listening(({ headers }, response) => response.end(headers.authorization));
    await using page = await frontend({
      INFERENCE_URL: service.url,
      SERVICE_AUTH: 'google',
      GCE_METADATA_HOST: new URL(host.url).host,
    });
    expect(await (await fetch(`${page.url}/api/inference/models`)).text()).toMatch(/^Bearer head\./);
  });
});
