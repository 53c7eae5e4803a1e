import { fileURLToPath } from 'node:url';
import { AssayError } from '@assay/schema';
import { openFolderStore } from './folder/folder-store.ts';
import type { ObjectStore } from './object-store.ts';

/**
 * Opens the store that a URL names.
 *
 * - `file:.assay/bucket`, `file:///var/lib/assay`: a folder, made at the first write.
 * - `gs://bucket`, `gs://bucket/prefix`: Google Cloud Storage, with the process's default credentials.
 *   `gs://bucket?endpoint=http://127.0.0.1:4443` asks an emulator instead, without credentials.
 *
 * @throws AssayError `invalid-configuration` if the URL is of no such form.
 */
export async function openObjectStore(url: string): Promise<ObjectStore> {
  if (url.startsWith('file:')) return openFolderStore(folderOf(url));
  if (url.startsWith('gs://')) {
    // The client takes 0.2 s and 30 MB to load: only who needs it pays.
    const { openGcsStore } = await import('./gcs/gcs-store.ts');
    return openGcsStore(bucketOf(url));
  }
  throw invalid(url, 'an unknown kind of store');
}

function folderOf(url: string): string {
  const path = url.startsWith('file://') ? absolutePath(url) : decode(url, url.slice('file:'.length));
  if (path === '') throw invalid(url, 'the folder is missing');
  return path;
}

function absolutePath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw invalid(url, 'after "file://" comes an absolute path: file:///var/lib/assay', cause);
  }
}

function bucketOf(url: string): { bucket: string; prefix: string; endpoint?: string } {
  // A bucket's name may hold an underscore, which the URL class refuses in a host.
  const match = /^gs:\/\/([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(url);
  if (!match) throw invalid(url, 'expected gs://bucket or gs://bucket/prefix');
  const [, bucket = '', path = '', query = ''] = match;
  const parameters = new URLSearchParams(query);
  const endpoint = parameters.get('endpoint');
  parameters.delete('endpoint');
  if (parameters.size > 0) throw invalid(url, `unknown parameter "${[...parameters.keys()].join(', ')}"`);
  if (endpoint !== null && !/^https?:\/\//.test(endpoint))
    throw invalid(url, 'the endpoint must begin with http:// or https://');
  const prefix = decode(url, path).replace(/\/+$/, '');
  return { bucket, prefix, ...(endpoint === null ? {} : { endpoint }) };
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
    `"${url}" names no object store (${why}). Expected file:FOLDER or gs://BUCKET[/PREFIX].`,
    { cause },
  );
}
