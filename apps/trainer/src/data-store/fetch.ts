import type { DatasetConfig } from './dataset-config.ts';
import type { DownloadContext } from './download.ts';
import type { Manifest } from './manifest.ts';

/** What a kind of source is told. */
export interface Fetch {
  config: DatasetConfig;
  /** Folder for the files; an interrupted attempt may have left some. */
  draft: string;
  /** Folder for archives. */
  downloads: string;
  context: DownloadContext & { note(text: string): void };
}

/** A complete data set that is not in its place yet. */
export interface Fetched {
  /** The draft, or the folder in it that holds the data. */
  content: string;
  manifest: Manifest;
}
