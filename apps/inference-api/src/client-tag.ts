import { AssayError, clientTag } from '@assay/schema';
import type { Request } from 'express';

/** Names who asks, beside the query parameter `client`. */
export const CLIENT_HEADER = 'Assay-Client';

/**
 * Who asks, by the query or else by the header.
 *
 * @throws AssayError `bad-request` where the header is no tag; a query is left to the route, which says it better
 */
export function clientOf(request: Request): string | undefined {
  const query = clientTag.safeParse(request.query.client);
  if (query.success) return query.data;
  const header = request.get(CLIENT_HEADER);
  if (header === undefined) return undefined;
  const parsed = clientTag.safeParse(header);
  if (parsed.success) return parsed.data;
  throw new AssayError('bad-request', `${CLIENT_HEADER}: ${parsed.error.issues[0]!.message}.`);
}
