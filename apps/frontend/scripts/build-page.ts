import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { compressFiles } from './compress-files.ts';

const root = resolve(import.meta.dirname, '..');

/** Browsers of the last three years: the oldest that know `light-dark()`. */
const BROWSERS = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

/** Builds the page into a folder, which is emptied first, with its compressed files. */
export async function buildPage(folder: string): Promise<void> {
  await inProduction(() => bundle(folder));
  await compressFiles(folder);
}

/** Vite and React take the kind of build from the environment, where a test or a shell may have set another. */
async function inProduction(act: () => Promise<void>): Promise<void> {
  /* eslint-disable no-restricted-properties -- it is written for others, and put back */
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    await act();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  /* eslint-enable no-restricted-properties */
}

async function bundle(folder: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: {
      // Its form for browsers makes markup of text, which the policy forbids; the other looks entities up in a table.
      alias: {
        'decode-named-character-reference': fileURLToPath(
          import.meta.resolve('decode-named-character-reference'),
        ),
      },
    },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: BROWSERS,
      // A font or a picture inside a style sheet would be no file of this origin, which is all that the policy allows.
      assetsInlineLimit: 0,
      // Every browser above preloads modules by itself.
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
    },
  });
}

if (import.meta.main) await buildPage(resolve(root, 'dist'));
