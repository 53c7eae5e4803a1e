import { readFileSync } from 'node:fs';
import { AssayError } from '@assay/schema';
import { parse } from 'yaml';
import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{32}(\.dir)?$/, 'expected an md5, followed by ".dir" for a folder');

/** A `.dvc` file; keys that say nothing about the content are let be. */
const pointer = z.object({
  outs: z
    .array(
      z.object({
        md5: digest,
        /** File or folder, relative to the `.dvc` file. */
        path: z.string().min(1),
        /** `md5` since DVC 3; before, text files had the md5 of their content with Unix line ends. */
        hash: z.string().optional(),
      }),
    )
    .min(1),
});
const directory = z.array(z.object({ md5: digest, relpath: z.string().min(1) }));

export type DvcOut = z.infer<typeof pointer>['outs'][number];
export type DvcEntry = z.infer<typeof directory>[number];

/** @throws AssayError `invalid-dataset` if the file is no pointer to content by md5. */
export function readPointer(file: string): DvcOut[] {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AssayError(
      'invalid-dataset',
      `${file} cannot be read as a .dvc file: ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
  return check(pointer, content, `${file} is no .dvc file with an md5 for each output`).outs;
}

/** Reads a `.dir` object: the files of a folder. */
export function parseDirectory(text: string, source: string): DvcEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  return check(directory, content, `${source} is no list of the files of a folder`);
}

/**
 * Keys under which a remote may have content: the layout that the pointer stands for, then the other.
 * Since DVC 3 `files/md5/ab/cdef…`, before `ab/cdef…`.
 */
export function remoteKeys(md5: string, legacy: boolean): string[] {
  const old = `${md5.slice(0, 2)}/${md5.slice(2)}`;
  const current = `files/md5/${old}`;
  return legacy ? [old, current] : [current, old];
}

function check<T extends z.ZodType>(schema: T, content: unknown, fault: string): z.infer<T> {
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  throw new AssayError('invalid-dataset', `${fault}: ${z.prettifyError(result.error)}`);
}
