import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TrackerRefusal, type TrackingEvent } from './tracker.ts';

/**
 * The files of a model package, as a tracker keeps them.
 *
 * @throws TrackerRefusal where the package is gone by now: waiting would not bring it back.
 */
export async function packageFiles(
  event: Extract<TrackingEvent, { type: 'package' }>,
): Promise<{ name: string; content: Uint8Array }[]> {
  try {
    return await Promise.all(
      event.files.map(async (file) => ({
        name: `package/${file}`,
        content: await readFile(join(event.folder, file)),
      })),
    );
  } catch (error) {
    throw new TrackerRefusal((error as Error).message, { cause: error });
  }
}
