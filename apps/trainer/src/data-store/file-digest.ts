import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Digest of a file of any length, lower-case hex. */
export async function fileDigest(path: string, algorithm: 'sha256' | 'md5' = 'sha256'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
