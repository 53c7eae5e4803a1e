import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
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
    plugins: [react(), fetchEarly('src/root.tsx')],
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

/** Has a module that is imported later fetched together with the first, so that nobody waits for it then. */
function fetchEarly(module: string): Plugin {
  return {
    name: 'fetch-early',
    transformIndexHtml(_, { bundle = {}, chunk: entry }) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const early = chunks.find(({ facadeModuleId }) => facadeModuleId === resolve(root, module));
      if (early === undefined) throw new Error(`${module} is not in a file of its own.`);
      const link = (rel: string) => (name: string) => ({
        tag: 'link',
        attrs: { rel, crossorigin: true, href: `/${name}` },
        injectTo: 'head' as const,
      });
      const scripts = [
        early.fileName,
        ...early.imports.filter((name) => entry?.imports.includes(name) !== true),
      ];
      return [
        ...scripts.map(link('modulepreload')),
        ...[...(early.viteMetadata?.importedCss ?? [])].map(link('stylesheet')),
      ];
    },
  };
}

if (import.meta.main) await buildPage(resolve(root, 'dist'));
