import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shutDown } from '@assay/service-kit';
import { compressFiles } from '../scripts/compress-files.ts';
import { readConfig } from './config.ts';
import { start } from './start.ts';

/** Script of the page, long enough to be worth compressing. */
export const SCRIPT = `export const answer = 42;${' // padding'.repeat(400)}\n`;

/** A built page in a folder: as small as a page can be. */
async function builtPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-frontend-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Assay</title><div id="root"></div>');
  await writeFile(join(folder, 'assets', 'index-abc123.js'), SCRIPT);
  await compressFiles(folder);
  return folder;
}

/** A server of Node's on a free port. */
export async function listening(handler: RequestListener) {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The page's server as it is, in front of whatever is told. */
export async function frontend(environment: Readonly<Record<string, string>> = {}) {
  const folder = await builtPage();
  const service = await start(
    readConfig({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', PAGE_FOLDER: folder, ...environment }),
  );
  return {
    url: service.server.url,
    async [Symbol.asyncDispose]() {
      await shutDown(service);
      await rm(folder, { recursive: true });
    },
  };
}
