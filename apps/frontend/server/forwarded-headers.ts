import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** Headers of one connection, not of the message: RFC 9110, 7.6.1. */
const OF_THE_CONNECTION = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What a browser adds for this origin and the services have no use for. */
const OF_THE_CALLER = ['authorization', 'cookie', 'host', 'origin', 'referer'];

/** Headers of a request as they go to a service. */
export function headersToService(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return without(headers, [...OF_THE_CONNECTION, ...OF_THE_CALLER]);
}

/** Headers of a service's answer as they go to the caller. */
export function headersToCaller(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return without(headers, [...OF_THE_CONNECTION, 'set-cookie']);
}

function without(headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const left = new Set([...names, ...named]);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.has(name)));
}
