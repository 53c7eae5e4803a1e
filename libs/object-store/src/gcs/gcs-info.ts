import type { FileMetadata } from '@google-cloud/storage';
import type { ObjectInfo } from '../object-store.ts';

/** Describes an object from its resource in the JSON API. */
export function infoOf(key: string, metadata: FileMetadata): ObjectInfo {
  return {
    key,
    size: Number(metadata.size),
    generation: String(metadata.generation),
    updated: new Date(metadata.updated ?? metadata.timeCreated ?? 0),
    contentType: metadata.contentType ?? 'application/octet-stream',
  };
}
