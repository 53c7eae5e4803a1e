import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The commit that the working directory is at; `undefined` outside a repository. */
export async function gitCommit(): Promise<string | undefined> {
  try {
    return (await promisify(execFile)('git', ['rev-parse', 'HEAD'])).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
