import type { ObjectInfo } from '@assay/object-store';
import { HOUR_MS } from './window.ts';

/** Topics that are kept in the log, each below a prefix of its own. */
export const logTopics = ['predictions', 'feedback'] as const;
export type LogTopic = (typeof logTopics)[number];

/** Layout of the Parquet objects that this release writes and reads. */
const PARQUET_VERSION = 1;

/** What a writer of this library puts before its name: only events of the very hour are in its objects. */
export const SINK_PREFIX = 'sink-';

/** What is told by the key of an object of the log. */
export interface LogKey {
  topic: LogTopic;
  /** The hour of the folder: beginning, milliseconds since 1970. */
  hour: number;
  /** `lines`: events as they came. `compacted`: Parquet, each record once. `newer`: written by a later release, not to be read. */
  kind: 'lines' | 'compacted' | 'newer';
  /**
   * Whether all events in it happened in the hour of its folder. Pub/Sub files by the time of arrival, so that an object of
   * its subscription may hold earlier events.
   */
  exact: boolean;
}

export type LogObject = LogKey & { info: ObjectInfo };

const KEY = /^(predictions|feedback)\/(\d{4}-\d\d-\d\d)\/([01]\d|2[0-3])\/([^/]+)\.(jsonl|parquet)$/;

/** Reads a key; `undefined` for objects that are no part of the log. */
export function readKey(key: string): LogKey | undefined {
  const [, topic, day, hour, name = '', extension] = KEY.exec(key) ?? [];
  if (topic === undefined) return undefined;
  const start = Date.parse(`${day}T${hour}:00:00Z`);
  if (Number.isNaN(start)) return undefined;
  const place = { topic: topic as LogTopic, hour: start };
  if (extension === 'jsonl') return { ...place, kind: 'lines', exact: name.startsWith(SINK_PREFIX) };
  const [, version] = /^compacted-v(\d{1,4})-/.exec(name) ?? [];
  if (version === undefined) return undefined;
  return { ...place, kind: Number(version) > PARQUET_VERSION ? 'newer' : 'compacted', exact: true };
}

/** Below which all objects of an hour lie: `predictions/2026-05-01/07/`. */
export function hourFolder(topic: LogTopic, hour: number): string {
  const text = new Date(hour).toISOString();
  return `${topic}/${text.slice(0, 10)}/${text.slice(11, 13)}/`;
}

/** Below which all objects of a day lie: `predictions/2026-05-01/`. */
export const dayFolder = (topic: LogTopic, time: number): string =>
  `${topic}/${new Date(time).toISOString().slice(0, 10)}/`;

/** Key of an object that a sink writes. */
export function sinkKey(topic: LogTopic, hour: number, writer: string): string {
  return `${hourFolder(topic, hour)}${SINK_PREFIX}${writer}.jsonl`;
}

/** Key of a new compacted object. */
export function compactedKey(topic: LogTopic, hour: number, name: string): string {
  return `${hourFolder(topic, hour)}compacted-v${PARQUET_VERSION}-${name}.parquet`;
}

/** Whether an hour's folder begins within so many hours before and after a moment. */
export function isWithin(hour: number, range: { from: number; to: number }): boolean {
  return hour + HOUR_MS > range.from && hour < range.to;
}
