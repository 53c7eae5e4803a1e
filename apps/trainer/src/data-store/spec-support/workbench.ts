import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { recordingOutput } from '../../output.ts';
import type { DatasetSource } from '../dataset-config.ts';
import { filesBelow } from '../manifest.ts';
import { pullData, type PullRequest } from '../pull.ts';
import { pushData } from '../push.ts';
import { verifyData } from '../verify.ts';

/** A folder with descriptions of data sets, and the commands at work in it. */
export async function openWorkbench() {
  const root = await mkdtemp(join(tmpdir(), 'data-store-'));
  const configs = join(root, 'configs');
  const target = join(root, 'data/set');
  const output = recordingOutput();
  const stop = new AbortController();
  const waits: number[] = [];
  const hooks = { onWait: () => {} };
  const context = {
    output,
    signal: stop.signal,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      hooks.onWait();
    },
  };
  const place = (path: string) => join(root, path);
  return {
    root,
    target,
    output,
    stop,
    /** Milliseconds that would have been waited. */
    waits,
    hooks,
    path: place,

    /** Describes the data set `set`. */
    describe: async (sources: DatasetSource[], more: { version?: string } = {}) => {
      await mkdir(configs, { recursive: true });
      const content = { description: 'A test.', terms: 'None.', target, ...more, sources };
      await writeFile(join(configs, 'set.yaml'), stringify(content));
    },
    description: () => readFile(join(configs, 'set.yaml'), 'utf8'),

    write: async (files: Readonly<Record<string, string | Uint8Array>>, folder = target) => {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
      }
    },
    read: async (folder = target) => {
      const names = await filesBelow(folder);
      return Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')])),
      ) as Record<string, string>;
    },

    pull: (options: Partial<PullRequest> = {}) =>
      pullData(
        { name: 'set', configs, state: place('state'), pin: false, force: false, ...options },
        context,
      ),
    push: (to: string) => pushData({ name: 'set', configs, to }, context),
    verify: () => verifyData({ name: 'set', configs }, output),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;
