import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { confusionFile, samplesFile } from '@assay/training-runs';
import { z } from 'zod';

const confusion = z.object({
  epoch: z.int(),
  labels: z.array(z.string()),
  matrix: z.array(z.array(z.number())),
});
const samples = z.object({
  epoch: z.int(),
  samples: z.array(
    z.object({
      file: z.string(),
      label: z.string(),
      prediction: z.string(),
      probability: z.number(),
      image: z.string().optional(),
    }),
  ),
});

/** What a run's folder has beside its numbers. */
export interface RunPictures {
  confusion?: z.infer<typeof confusion> | undefined;
  samples?: { epoch: number; samples: ShownSample[] } | undefined;
}

/** An answer to a validation input, with its small picture as JPEG. */
export interface ShownSample {
  file: string;
  label: string;
  prediction: string;
  probability: number;
  jpeg?: Buffer | undefined;
}

/** Reads them; what is not there, or not whole, is left out. */
export async function readRunPictures(path: string): Promise<RunPictures> {
  const read = async <T>(name: string, schema: z.ZodType<T>): Promise<T | undefined> => {
    const file = join(path, name);
    if (!existsSync(file)) return undefined;
    try {
      return schema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return undefined;
    }
  };
  const shown = await read(samplesFile, samples);
  return {
    confusion: await read(confusionFile, confusion),
    samples: shown && {
      epoch: shown.epoch,
      samples: await Promise.all(
        shown.samples.map(async ({ image, ...sample }) => ({
          ...sample,
          jpeg: image === undefined ? undefined : await readInside(path, image),
        })),
      ),
    },
  };
}

/** A file of the run's own folder: a path that leads out of it is not followed. */
async function readInside(folder: string, name: string): Promise<Buffer | undefined> {
  const file = resolve(folder, name);
  if (!file.startsWith(resolve(folder) + sep) || !existsSync(file)) return undefined;
  return readFile(file);
}
