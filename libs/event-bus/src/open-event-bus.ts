import { fileURLToPath } from 'node:url';
import { AssayError } from '@assay/schema';
import type { EventBus, EventBusOptions } from './event-bus.ts';
import { busSettings } from './settings.ts';
import type { PubsubPlace } from './pubsub/pubsub-bus.ts';
import { openSqliteBus, type SqlitePlace } from './sqlite/sqlite-bus.ts';

/** A week of predictions, or half a million of them. */
const RETENTION_DAYS = 7;
const MAX_MEGABYTES = 1024;

/**
 * Opens the bus that a URL names.
 *
 * - `sqlite:.assay/events.db`, `sqlite:///var/lib/assay/events.db`: a file, made when it is missing, for the processes of one
 *   machine. `?max-megabytes=1024` is how much it holds before `publish` is refused, `?retention-days=7` how long.
 * - `pubsub://project`: Google Pub/Sub, with the process's default credentials. `?endpoint=127.0.0.1:8085` asks an emulator
 *   instead, without credentials, and makes the topics and subscriptions that are missing.
 *
 * @throws AssayError `invalid-configuration` if the URL or an option is of no such form; `bus-forbidden`, `bus-full`,
 *   `bus-damaged`, `bus-unavailable` if a file cannot be opened
 */
export async function openEventBus(url: string, options: EventBusOptions = {}): Promise<EventBus> {
  const settings = busSettings(options);
  if (url.startsWith('sqlite:')) return openSqliteBus(sqlitePlace(url), settings);
  if (url.startsWith('pubsub:')) {
    // The client takes a second and 60 MB to load: only who needs it pays.
    const { openPubsubBus } = await import('./pubsub/pubsub-bus.ts');
    return openPubsubBus(pubsubPlace(url), settings);
  }
  throw invalid(url, 'an unknown kind of bus');
}

function sqlitePlace(url: string): SqlitePlace {
  const [location = '', ...queries] = url.slice('sqlite:'.length).split('?');
  const parameters = readParameters(url, queries.join('?'), ['max-megabytes', 'retention-days']);
  const path = location.startsWith('//') ? absolutePath(url, location) : decode(url, location);
  if (path === '' || path.endsWith('/')) throw invalid(url, 'the file is missing');
  return {
    url,
    path,
    maxBytes: count(url, parameters.get('max-megabytes'), MAX_MEGABYTES) * 1e6,
    retentionDays: count(url, parameters.get('retention-days'), RETENTION_DAYS),
  };
}

function absolutePath(url: string, location: string): string {
  try {
    return fileURLToPath(`file:${location}`);
  } catch (cause) {
    throw invalid(url, 'after "sqlite://" comes an absolute path: sqlite:///var/lib/assay/events.db', cause);
  }
}

function readParameters(url: string, query: string, known: readonly string[]): URLSearchParams {
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw invalid(url, `unknown parameter "${unknown.join(', ')}"; there are: ${known.join(', ')}`);
  return parameters;
}

/** A parameter that is a whole number from 1. */
function count(url: string, text: string | null, fallback: number): number {
  if (text === null) return fallback;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalid(url, `"${text}" is not a whole number from 1`);
  return Number(text);
}

function pubsubPlace(url: string): PubsubPlace {
  const [, project, query = ''] = /^pubsub:\/\/([a-z][a-z0-9-]{4,28}[a-z0-9])\/?(?:\?(.*))?$/.exec(url) ?? [];
  if (project === undefined) throw invalid(url, 'after "pubsub://" comes the id of a project');
  const endpoint = readParameters(url, query, ['endpoint']).get('endpoint');
  if (endpoint !== null && !/^[^/\s]+:\d+$/.test(endpoint))
    throw invalid(url, 'the endpoint is a host and a port: 127.0.0.1:8085');
  return { url, project, ...(endpoint === null ? {} : { endpoint }) };
}

function decode(url: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw invalid(url, 'a percent sign is not followed by two hexadecimal digits', cause);
  }
}

function invalid(url: string, why: string, cause?: unknown): AssayError {
  return new AssayError(
    'invalid-configuration',
    `"${url}" names no event bus (${why}). Expected sqlite:FILE or pubsub://PROJECT.`,
    { cause },
  );
}
