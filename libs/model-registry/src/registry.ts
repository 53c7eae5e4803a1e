import type { Dirent } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AssayError, modelName, modelVersion } from '@assay/schema';
import { replaceFile, UNFINISHED } from './durable.ts';
import { MANIFEST, type ModelPackage } from './model-package.ts';
import { invalidPackage } from './package-error.ts';
import { readPackage } from './read-package.ts';
import { writePackage, type PackageDraft } from './write-package.ts';

/** Movable names for one version of a model: what is served, and what might be next. */
export const aliases = ['champion', 'challenger'] as const;
export type Alias = (typeof aliases)[number];

/** Model packages in a folder: `<root>/<name>/<version>/…`, and the file `<root>/<name>/<alias>` with a version. */
export interface Registry {
  /** Names of the models, sorted. */
  names(): Promise<string[]>;
  /** Versions of a model, oldest number first; empty where there is no such model. */
  versions(name: string): Promise<string[]>;
  /** The version that an alias stands for; undefined while it is not set. */
  alias(name: string, alias: Alias): Promise<string | undefined>;
  /**
   * Lets an alias stand for a version, at once for every reader.
   *
   * @throws AssayError `unknown-model`, `unknown-version`, or `invalid-package` where the version is not intact
   */
  setAlias(name: string, alias: Alias, version: string): Promise<void>;
  /**
   * Reads and checks a package.
   *
   * @param version a version or an alias. Default `champion`
   * @throws AssayError `unknown-model`, `unknown-version`, or `invalid-package` where it is not intact
   */
  resolve(name: string, version?: string): Promise<ModelPackage>;
  /**
   * Adds a version; all of it appears at once or nothing does.
   *
   * @throws AssayError `version-exists`, or `invalid-package` where the draft has faults
   */
  write(draft: PackageDraft): Promise<ModelPackage>;
  /**
   * Removes what crashed writers left behind.
   *
   * @param options.olderThanMs leaves what was changed since, as it may still be written to. Default one hour
   * @returns the paths that were removed
   */
  removeUnfinished(options?: { olderThanMs?: number }): Promise<string[]>;
}

const HOUR_MS = 3_600_000;

/** Opens a folder of model packages. A folder that does not exist is an empty registry, made by the first write. */
export function openRegistry(root: string): Registry {
  const folder = resolve(root);
  const place = (name: string, ...rest: string[]) => join(folder, name, ...rest);

  const names = async () => {
    const found = (await entries(folder)).filter((entry) => entry.isDirectory() && isName(entry.name));
    return found.map((entry) => entry.name).sort();
  };

  const versions = async (name: string) => {
    if (!isName(name)) return [];
    const found = (await entries(place(name))).filter(
      (entry) => entry.isDirectory() && isVersion(entry.name),
    );
    return found.map((entry) => entry.name).sort(byNumber.compare);
  };

  const alias = async (name: string, which: Alias) => {
    if (!isName(name)) return undefined;
    const version = (await readIfThere(place(name, which)))?.trim();
    if (version === undefined || isVersion(version)) return version;
    throw invalidPackage(`"${name}"`, [`${which}: expected a version in this file, found "${version}"`]);
  };

  const read = async (name: string, version: string) => {
    const known = await versions(name);
    if (known.length === 0) {
      const others = (await names()).join(', ') || 'none';
      throw new AssayError('unknown-model', `No model is named "${name}"; there are: ${others}.`);
    }
    const wanted = isAlias(version) ? await alias(name, version) : version;
    if (wanted === undefined || !known.includes(wanted)) {
      const what = wanted === undefined ? `no ${version}` : `no version "${wanted}"`;
      throw new AssayError(
        'unknown-version',
        `The model "${name}" has ${what}; there are: ${known.join(', ')}.`,
      );
    }
    const found = await readPackage(place(name, wanted));
    if (found.name !== name || found.version !== wanted) {
      throw invalidPackage(`"${found.folder}"`, [
        `${MANIFEST}: speaks of ${found.name}@${found.version}, expected ${name}@${wanted}`,
      ]);
    }
    return found;
  };

  return {
    names,
    versions,
    alias,
    resolve: (name, version = 'champion') => read(name, version),
    async setAlias(name, which, version) {
      const target = await read(name, version);
      await replaceFile(place(name, which), `${target.version}\n`);
    },
    async write(draft) {
      const { name, version } = draft.manifest;
      const faults = [
        ...(isName(name) ? [] : [`name: "${name}" cannot name a folder`]),
        ...(isVersion(version)
          ? []
          : [`version: "${version}" cannot name a folder, or is the name of an alias`]),
      ];
      if (faults.length > 0) throw invalidPackage(`${name}@${version}`, faults);
      return writePackage(place(name, version), draft);
    },
    async removeUnfinished({ olderThanMs = HOUR_MS } = {}) {
      const removed: string[] = [];
      for (const name of await names()) {
        for (const entry of await entries(place(name))) {
          const path = place(name, entry.name);
          if (!entry.name.startsWith(UNFINISHED)) continue;
          if (Date.now() - (await stat(path)).mtimeMs < olderThanMs) continue;
          await rm(path, { recursive: true, force: true });
          removed.push(path);
        }
      }
      return removed;
    },
  };
}

/** Orders `1.9.0` before `1.10.0`. */
const byNumber = new Intl.Collator('en', { numeric: true });

const isAlias = (text: string): text is Alias => (aliases as readonly string[]).includes(text);
const isName = (text: string) => modelName.safeParse(text).success;
const isVersion = (text: string) => modelVersion.safeParse(text).success && !isAlias(text);

async function entries(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
